//! Commands and characters of mathematics in Chinese.

/// The word for a command; empty for commands that only change the look.
pub(super) fn word(command: &str) -> Option<&'static str> {
    greek(command)
        .or_else(|| operator(command))
        .or_else(|| name(command))
        .or_else(|| {
            let look = matches!(
                command,
                "left"
                    | "right"
                    | "big"
                    | "Big"
                    | "bigl"
                    | "bigr"
                    | "Bigl"
                    | "Bigr"
                    | "limits"
                    | "displaystyle"
                    | "textstyle"
                    | "quad"
                    | "qquad"
                    | ","
                    | ";"
                    | ":"
                    | "!"
                    | " "
                    | "nolimits"
                    | "nonumber"
            );
            look.then_some("")
        })
}

fn greek(command: &str) -> Option<&'static str> {
    Some(match command {
        "alpha" => "阿尔法",
        "beta" => "贝塔",
        "gamma" | "Gamma" => "伽马",
        "delta" | "Delta" => "德尔塔",
        "epsilon" | "varepsilon" => "艾普西隆",
        "zeta" => "泽塔",
        "eta" => "伊塔",
        "theta" | "vartheta" | "Theta" => "西塔",
        "iota" => "约塔",
        "kappa" => "卡帕",
        "lambda" | "Lambda" => "拉姆达",
        "mu" => "缪",
        "nu" => "纽",
        "xi" | "Xi" => "克西",
        "pi" | "Pi" => "派",
        "rho" | "varrho" => "柔",
        "sigma" | "Sigma" => "西格马",
        "tau" => "陶",
        "upsilon" | "Upsilon" => "宇普西隆",
        "phi" | "varphi" | "Phi" => "斐",
        "chi" => "希",
        "psi" | "Psi" => "普西",
        "omega" | "Omega" => "欧米伽",
        _ => return None,
    })
}

fn operator(command: &str) -> Option<&'static str> {
    Some(match command {
        "times" | "cdot" => "乘以",
        "div" => "除以",
        "pm" => "加减",
        "mp" => "减加",
        "approx" | "simeq" => "约等于",
        "sim" => "相当于",
        "equiv" => "恒等于",
        "ne" | "neq" => "不等于",
        "le" | "leq" | "leqslant" => "小于等于",
        "ge" | "geq" | "geqslant" => "大于等于",
        "lt" => "小于",
        "gt" => "大于",
        "ll" => "远小于",
        "gg" => "远大于",
        "propto" => "正比于",
        "to" | "rightarrow" | "longrightarrow" => "趋于",
        "leftarrow" => "来自",
        "leftrightarrow" | "rightleftharpoons" => "可逆地变为",
        "Rightarrow" | "implies" => "推出",
        "Leftrightarrow" | "iff" => "等价于",
        "in" => "属于",
        "notin" => "不属于",
        "subset" | "subseteq" => "包含于",
        "cup" => "并",
        "cap" => "交",
        _ => return None,
    })
}

fn name(command: &str) -> Option<&'static str> {
    Some(match command {
        "infty" => "无穷大",
        "partial" => "偏",
        "nabla" => "梯度",
        "ln" => "自然对数",
        "log" | "lg" => "对数",
        "exp" => "指数函数",
        "sin" => "正弦",
        "cos" => "余弦",
        "tan" => "正切",
        "circ" | "degree" => "度",
        "prime" => "撇",
        "ast" | "star" => "星号",
        "ldots" | "cdots" | "dots" => "等等",
        "forall" => "对任意",
        "exists" => "存在",
        "%" => "%",
        "&" => "和",
        "\\" => "，",
        "{" => "左花括号",
        "}" => "右花括号",
        "|" => "竖线",
        _ => return None,
    })
}

/// A character in words; letters and digits as they are.
pub(super) fn character(text: &str) -> &str {
    match text {
        "+" => "加",
        "-" | "−" => "减",
        "*" | "×" | "·" => "乘以",
        "/" | "÷" => "除以",
        "=" => "等于",
        "<" => "小于",
        ">" => "大于",
        "≤" => "小于等于",
        "≥" => "大于等于",
        "≈" => "约等于",
        "±" => "加减",
        "(" | "[" => "左括号",
        ")" | "]" => "右括号",
        "|" => "竖线",
        "'" => "撇",
        "!" => "的阶乘",
        "&" | "~" => "",
        _ => text,
    }
}

/// Whether a minus behind this word is a sign.
pub(super) fn is_operator(word: &str) -> bool {
    matches!(
        word,
        "" | "加"
            | "减"
            | "乘以"
            | "除以"
            | "等于"
            | "小于"
            | "大于"
            | "小于等于"
            | "大于等于"
            | "约等于"
            | "加减"
            | "左括号"
            | "趋于"
            | "，"
    )
}
