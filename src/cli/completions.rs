//! `respdiff completions`: what a shell has to know to complete a command line.

use clap_complete::Shell;

use crate::error::Result;

use super::Outcome;
use super::args::{CommonArgs, CompletionsArgs, command_line, with_own_words};
use super::output::Output;

pub(super) fn run(args: &CompletionsArgs, common: &CommonArgs) -> Result<Outcome> {
    let script = completion_script(args.shell);
    Output::to_file(common, args.output.as_deref())?.without_pager().write(&script)?;
    Ok(Outcome::Done)
}

fn completion_script(shell: Shell) -> Vec<u8> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command_line(), "respdiff", &mut script);
    let script = with_own_words(&String::from_utf8_lossy(&script));
    if shell != Shell::Fish {
        return script.into_bytes();
    }
    script.replace(FISH_PARSE, FISH_PARSE_VALUE).into_bytes()
}

/// How the generated script finds out whether a command was named. An option that still waits for
/// its value is an error there, so that nothing is completed after `--format `.
const FISH_PARSE: &str = "\
    argparse -s (__fish_respdiff_global_optspecs) -- $cmd 2>/dev/null
    or return
";
/// With an empty value for the option.
const FISH_PARSE_VALUE: &str = "\
    argparse -s (__fish_respdiff_global_optspecs) -- $cmd 2>/dev/null
    or argparse -s (__fish_respdiff_global_optspecs) -- $cmd '' 2>/dev/null
    or return
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fish_completes_values_after_a_blank() {
        let script = String::from_utf8(completion_script(Shell::Fish)).unwrap();
        assert_eq!(script.matches(FISH_PARSE_VALUE).count(), 1);
        assert!(!script.contains(FISH_PARSE));
    }
}
