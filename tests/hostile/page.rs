//! The attacks, and pages that are made of them.

/// What a stranger may write into a cell, as it stands in the page. Some come as entities, which
/// become what they name; none breaks the table, so that each gets as far as it can.
pub(crate) const ATTACKS: &[&str] = &[
    "<script>alert(1)</script>",
    "&lt;script&gt;alert(2)&lt;/script&gt;",
    "&lt;/style&gt;&lt;/script&gt;&lt;/title&gt;&lt;/svg&gt;&lt;img src=x onerror=alert(3)&gt;",
    "&quot;&gt;&lt;b onmouseover=&quot;alert(4)&quot;&gt; ' onclick='alert(5)",
    "[click](javascript:alert(6)) and [more](data:text/html;base64,PHNjcmlwdD4=)",
    "\\[click\\](javascript:alert(7)) \\!\\[i\\](https://evil.example/i.png)",
    "&lt;!-- respdiff:end --&gt; --&gt; &lt;!-- respdiff:begin all 2024-01-01 0 0 --&gt;",
    "]]&gt; &lt;![CDATA[ &lt;/testcase&gt; &lt;?xml",
    "\u{1b}[31mred\u{1b}]0;title\u{7}\u{1b}]8;;https://evil.example\u{1b}\\l\u{1b}]52;c;ZQ==\u{7}",
    "&#27;[2J&#27;]52;c;ZQ==&#7;&#8;&#127;",
    "\u{9b}31m\u{9d}8;;https://evil.example\u{9c}\u{90}q\u{84}",
    "&#155;2J &#x9d;0;t&#x9c;",
    "\u{202e}reversed\u{202c} \u{2066}isolated\u{2069}\u{200f}\u{200e}\u{61c}",
    "&#x202e;reversed &#x2067;isolated &rlm;",
    "\u{200b}\u{200d}\u{2060}\u{feff}=1+1\u{200b}",
    "tags\u{e0041}\u{e007f} notes\u{fff9}a\u{fffa}b\u{fffb} none\u{fffe}\u{ffff}",
    "=cmd\\|' /C calc'!A0",
    "+1+cmd\\|' /C calc'!A0",
    "-2+3",
    "@SUM(1)*cmd",
    "&#9;=1+1",
    "&#13;=1+1",
    "\u{ff1d}1+1",
    "@everyone @here @acme/team <!channel> <!here\\|x> <@U1> &lt;!channel&gt; &lt;@U1&gt;",
    "::error file=a.md,line=1::told",
    "::set-output name=a::b ::stop-commands::x",
    "&#10;::error::after a line break",
    "&#13;::error::after a carriage return",
    "\u{2028}::error::after a line separator",
    "%0A::error::%0D%25",
    ":\u{200b}:warning::torn apart",
    "##[error]told ##vso[task.setvariable variable=a]b ##teamcity[x]",
    "nothing\0and &#0; and more",
    "`code` ``more`` &#96;&#96;&#96;sh",
    "# heading &#35;&#35; heading",
    "&gt; quote &ast;&ast;bold&ast;&ast; __bold__ ~~gone~~ \\_x\\_",
    "1. item",
    "--- ... %YAML 1.2",
    "&amp;anchor &#42;alias !!python/object:os.system x",
    "a: b # c {d: [e, \"f\", 'g'",
    "&#123;&#123; 7*7 &#125;&#125; {% for a in b %} {# c #} ${x} $(touch x)",
    "https://evil.example www.evil.example acme/docs#12 GH-7 <https://evil.example>",
    "https&#58;//evil.example mail@evil.example",
    "quote \" and ' and \\\\ and \\u0041 \\x01202e\\x02",
];

/// A page of the invented service; `gained` and `held` say whose some duties are.
pub(crate) fn page(edition: &str, newer: bool) -> String {
    let mut text = format!(
        "---\ncopyright:\n  years: 2023, 2024\nlastupdated: \"{edition}\"\n\
         subcollection: \"sky\\e[31m<script>{{{{7*7}}}}@everyone\\u202E\\n::error::x\"\n---\n\n"
    );
    let all = ATTACKS.join(" ");
    text.push_str(&format!("# Skyvault {all}\n\n## Vaults {all}\n\n"));
    text.push_str("| Task | IBM | You |\n|---|---|---|\n");
    for (at, attack) in ATTACKS.iter().enumerate() {
        let duty = format!("{attack} Keep the key of vault {at} in its safe {attack}.");
        let word = if newer { "daily" } else { "weekly" };
        let own = format!("{attack} Count {word} the doors of vault {at} {attack}.");
        let (ibm, you) = if newer && at % 2 == 0 {
            (String::new(), format!("<ul><li>{duty}</li><li>{own}</li></ul>"))
        } else {
            (duty, own)
        };
        text.push_str(&format!("| {attack} Vault {at} {attack} | {ibm} | {you} |\n"));
    }
    text.push_str(&owners(newer));
    text
}

/// A list of duties whose owners have the attacks for names.
fn owners(newer: bool) -> String {
    let mut text =
        format!("\n## Owners {}\n\n| Responsibilities | Ownership |\n|---|---|\n", ATTACKS[1]);
    for (at, attack) in ATTACKS.iter().enumerate() {
        let owner = if newer && at % 3 == 0 { "Customer" } else { attack };
        text.push_str(&format!("| Polish the hinges of door {at}. | {owner} |\n"));
        if newer {
            text.push_str(&format!("| Sweep the floor below door {at} {attack}. | {attack} |\n"));
        }
    }
    text
}

/// A page that reads well and has nothing but a hostile date and flaws to tell.
pub(crate) fn flawed(newer: bool) -> String {
    let rows: String = ATTACKS
        .iter()
        .enumerate()
        .map(|(at, attack)| {
            format!(
                "| {attack} | TBD | {} {attack} door {at} and the |\n",
                if newer { "Lock" } else { "Close" }
            )
        })
        .collect();
    format!(
        "---\ncopyright:\n  years: \"<b>::error::\\e[31m\\u202E\"\nlastupdated: \"\\e[31m\\u202E<b>@everyone\\n::error::x\"\n---\n\n\
         # Flawed\n\n## Doors\n\n| Task | IBM | You |\n|---|---|---|\n{rows}| {} |\n",
        ATTACKS[1]
    )
}
