//! Bundles the style sheet's partials into one small file, without Node.

use std::path::Path;

use lightningcss::bundler::{Bundler, FileProvider};
use lightningcss::stylesheet::{MinifyOptions, ParserOptions, PrinterOptions};
use lightningcss::targets::{Browsers, Features, Targets};

use crate::failure::{Doing as _, Outcome};
use crate::place;
use crate::process::say;

pub fn bundle() -> Outcome<String> {
    let entry = place::root().join("style/main.css");
    if entry.exists() {
        bundle_file(&entry)
    } else {
        say("Warning: style/main.css does not exist, the pages will have no style");
        Ok(String::new())
    }
}

fn bundle_file(entry: &Path) -> Outcome<String> {
    let files = FileProvider::new();
    let mut sheet = Bundler::new(&files, None, ParserOptions::default()).bundle(entry).doing("bundling the style")?;
    let targets = targets();
    sheet.minify(MinifyOptions { targets, ..MinifyOptions::default() }).doing("minifying the style")?;
    let printed = sheet.to_css(PrinterOptions { minify: true, targets, ..PrinterOptions::default() });
    Ok(printed.doing("printing the style")?.code)
}

/// The first browsers that know `light-dark()`: older ones are not served, so nothing is translated for them.
fn targets() -> Targets {
    let version = |major: u32, minor: u32| Some(major << 16 | minor << 8);
    let browsers = Browsers {
        chrome: version(123, 0),
        edge: version(123, 0),
        firefox: version(120, 0),
        safari: version(17, 5),
        ios_saf: version(17, 5),
        ..Browsers::default()
    };
    Targets { browsers: Some(browsers), include: Features::empty(), exclude: Features::LightDark | Features::Nesting }
}

#[cfg(test)]
mod tests {
    use super::bundle_file;
    use std::fs;

    #[test]
    fn imports_are_followed_and_layers_and_modern_colours_are_kept() {
        let folder = std::env::temp_dir().join(format!("postroom-style-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("main.css"), "@layer a, b;\n@import \"one.css\" layer(b);").unwrap();
        let rule = "p {\n  color: light-dark(#fff, #000);\n  &:hover { color: red; }\n}";
        fs::write(folder.join("one.css"), rule).unwrap();

        let css = bundle_file(&folder.join("main.css")).unwrap();
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(css, "@layer a;@layer b{p{color:light-dark(#fff,#000);&:hover{color:red}}}");
    }
}
