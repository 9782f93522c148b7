//! Embeds the site (wasm, script, style) that `make build` puts together. Without one, as for a check of the Rust
//! code alone, the server is built with an empty site.

fn main() {
    let site = std::path::Path::new("../target/site");
    std::fs::create_dir_all(site).expect("the target folder can be written");
    println!("cargo:rerun-if-changed={}", site.display());
    memory_serve::load_directory("../target/site");
}
