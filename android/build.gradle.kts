plugins {
    alias(libs.plugins.android.application) apply false
    alias(libs.plugins.android.library) apply false
    alias(libs.plugins.android.test) apply false
    alias(libs.plugins.kotlin.android) apply false
    alias(libs.plugins.kotlin.jvm) apply false
    alias(libs.plugins.kotlin.compose) apply false
    alias(libs.plugins.baseline.profile) apply false
}

// android/build is a script: Gradle's own output goes elsewhere.
allprojects { layout.buildDirectory.set(projectDir.resolve("target/gradle")) }

val repository = rootDir.parentFile

/** Words, tokens and icons: the same step as in the build without an SDK. */
val generateShared by tasks.registering(Exec::class) {
    workingDir = repository
    inputs.dir(repository.resolve("shells"))
    outputs.dir(rootDir.resolve("generated/model"))
    outputs.dir(rootDir.resolve("generated/ui"))
    commandLine(
        "python3", "shells/generate.py", "kotlin",
        "--model", "android/generated/model/frontline/model", "--ui", "android/generated/ui/frontline/ui",
    )
}

/** The core for the three ABIs, by cargo-ndk, whose --platform is the minSdk. */
val buildCore by tasks.registering(Exec::class) {
    workingDir = repository
    inputs.files(fileTree(repository) { include("core/**/*.rs", "bindings/**/*.rs", "**/Cargo.toml", "Cargo.lock") })
    outputs.dir(rootDir.resolve("core/src/main/jniLibs"))
    environment("NDK", "--platform 26 -t arm64-v8a -t armeabi-v7a -t x86_64 -o android/core/src/main/jniLibs")
    commandLine("shells/library", "cdylib")
}

/** Bindings are read from a library that still has its symbols; the one that ships is stripped. */
val buildHostCore by tasks.registering(Exec::class) {
    workingDir = repository
    commandLine("cargo", "build", "--locked", "-p", "frontline-ffi")
}
val generateBindings by tasks.registering(Exec::class) {
    dependsOn(buildHostCore)
    workingDir = repository
    outputs.dir(rootDir.resolve("generated/core"))
    val library = if (System.getProperty("os.name").startsWith("Mac")) "libfrontline_ffi.dylib" else "libfrontline_ffi.so"
    commandLine(
        "cargo", "run", "--locked", "--manifest-path", "shells/bindgen/Cargo.toml", "--", "generate", "--language", "kotlin",
        "--no-format", "--config", "shells/uniffi.toml", "--out-dir", "android/generated/core", "target/debug/$library",
    )
}
