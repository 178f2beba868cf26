plugins {
    alias(libs.plugins.android.library)
    alias(libs.plugins.kotlin.android)
    alias(libs.plugins.kotlin.compose)
}

android {
    namespace = "frontline.ui"
    compileSdk = 35
    defaultConfig { minSdk = 26 }
    sourceSets["main"].kotlin.srcDir(rootDir.resolve("generated/ui"))
    // The tests of this module draw on the desktop: pom.xml runs them.
    sourceSets["test"].kotlin.setSrcDirs(emptyList<String>())
}

kotlin { jvmToolchain(17) }
tasks.named("preBuild") { dependsOn(":generateShared") }

dependencies {
    api(project(":app-model"))
    api(libs.compose.runtime)
    api(libs.compose.ui)
    api(libs.compose.foundation)
    implementation(libs.compose.saveable)
    implementation(libs.compose.animation)
    implementation(libs.compose.material3)
}
