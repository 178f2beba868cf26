plugins {
    alias(libs.plugins.android.library)
    alias(libs.plugins.kotlin.android)
}

android {
    namespace = "frontline.core"
    compileSdk = 35
    defaultConfig {
        minSdk = 26
        consumerProguardFiles("consumer-rules.pro")
    }
    // Compressed libraries would be unpacked at install and take their room twice.
    packaging { jniLibs.useLegacyPackaging = false }
}

kotlin { jvmToolchain(17) }
tasks.named("preBuild") { dependsOn(":buildCore") }

dependencies {
    api(project(":app-model"))
    implementation("${libs.jna.get()}@aar")
    testImplementation(libs.jna)
    testImplementation(libs.junit)
}
