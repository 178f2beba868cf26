plugins {
    alias(libs.plugins.android.library)
    alias(libs.plugins.kotlin.android)
}

android {
    namespace = "frontline.platform"
    compileSdk = 35
    defaultConfig { minSdk = 26 }
    testOptions.unitTests.isIncludeAndroidResources = true
    // Robolectric closes files by it.
    testOptions.unitTests.all { it.jvmArgs("--add-opens=java.base/java.io=ALL-UNNAMED") }
}

kotlin { jvmToolchain(17) }

dependencies {
    api(project(":app-model"))
    implementation(libs.coroutines.android)
    testImplementation(libs.robolectric)
    testImplementation(libs.androidx.test.core)
    testImplementation(libs.zxing)
    testImplementation(libs.junit)
}
