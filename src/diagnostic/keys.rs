//! The Chinese names of keys, for messages that name one.
//!
//! They are those that `yaml` reads, the best of each; a test holds the two
//! against each other. This room can't ask `yaml`, which stands above it.

/// English key and the name that Chinese messages give it.
const NAMES: [(&str, &str); 27] = [
    ("answer", "答案"),
    ("date", "日期"),
    ("end", "结束"),
    ("folder", "文件夹"),
    ("kind", "类型"),
    ("label", "说明"),
    ("line_breaks", "换行"),
    ("link", "链接"),
    ("mode", "权限"),
    ("name", "名称"),
    ("options", "选项"),
    ("publish", "发布"),
    ("question", "问题"),
    ("sections", "栏目"),
    ("slug", "网址名"),
    ("sort", "排序"),
    ("src", "文件"),
    ("start", "开始"),
    ("study_days", "学习日"),
    ("summary", "摘要"),
    ("text", "内容"),
    ("title", "标题"),
    ("topics", "主题"),
    ("units", "单位"),
    ("url", "网址"),
    ("value", "数值"),
    ("byline", "署名"),
];

/// What a Chinese message calls the key `key`; a key without a name stays as it
/// is.
pub(super) fn in_chinese(key: &str) -> &str {
    NAMES.iter().find(|(english, _)| *english == key).map_or(key, |(_, chinese)| chinese)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_name_keys_as_they_are_read() {
        for (english, chinese) in NAMES {
            assert_eq!(crate::yaml::english(chinese, &[english]), Some(english), "{chinese}");
        }
    }
}
