plugins {
    alias(libs.plugins.android.test)
    alias(libs.plugins.kotlin.android)
    alias(libs.plugins.baseline.profile)
}

android {
    namespace = "frontline.profile"
    compileSdk = 35
    defaultConfig {
        minSdk = 28
        testInstrumentationRunner = "androidx.test.runner.AndroidJUnitRunner"
    }
    targetProjectPath = ":app"
}

kotlin { jvmToolchain(17) }

dependencies {
    implementation(libs.benchmark.macro)
    implementation(libs.androidx.test.runner)
    implementation(libs.junit)
}
