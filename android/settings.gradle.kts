pluginManagement {
    repositories {
        google()
        mavenCentral()
        gradlePluginPortal()
    }
}
dependencyResolutionManagement {
    repositoriesMode.set(RepositoriesMode.FAIL_ON_PROJECT_REPOS)
    repositories {
        google()
        mavenCentral()
    }
}
rootProject.name = "frontline-android"
// The stand-ins are for the build without an SDK only: here androidx itself is there.
include(":app", ":app-model", ":core", ":ui", ":platform", ":baseline-profile")
