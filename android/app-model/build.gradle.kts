plugins {
    alias(libs.plugins.kotlin.jvm)
    `java-test-fixtures`
}

kotlin { jvmToolchain(17) }
sourceSets.main { kotlin.srcDir(rootDir.resolve("generated/model")) }
tasks.named("compileKotlin") { dependsOn(":generateShared") }

dependencies {
    api(libs.coroutines.core)
    testImplementation(libs.junit)
    testImplementation(libs.coroutines.test)
}
