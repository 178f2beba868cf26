plugins {
    alias(libs.plugins.kotlin.jvm)
}

kotlin { jvmToolchain(17) }
sourceSets.main {
    kotlin.srcDir(rootDir.resolve("generated/model"))
    kotlin.srcDir(rootDir.resolve("generated/core"))
}
tasks.named("compileKotlin") { dependsOn(":generateShared", ":generateBindings") }

dependencies {
    api(libs.coroutines.core)
    // core brings it for Android.
    compileOnly(libs.jna)
    testImplementation(libs.junit)
    testImplementation(libs.coroutines.test)
}
