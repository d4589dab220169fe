"""Every word the interface says itself, in each of its languages."""

from __future__ import annotations

import re

__all__ = ["LANGUAGES", "SCRIPT_KEYS", "STRINGS", "choose", "of", "say"]

LANGUAGES = ("zh", "en")

# key: (Chinese, English); the order of LANGUAGES
STRINGS: dict[str, tuple[str, str]] = {
    "tagline": ("问报告，看出处", "Ask the reports, see the source"),
    "hero": ("想从报告里知道什么？", "What do you want to know from the reports?"),
    "hero_count": ("{count} 份资料", "{count} documents"),
    "hero_sub": ("，每一句回答都标出原文", ", every sentence traced to its words"),
    "placeholder": ("问一个问题", "Ask a question"),
    "placeholder_more": ("继续追问", "Ask a follow-up"),
    "question_label": ("你的问题", "Your question"),
    "send": ("提问", "Ask"),
    "stop": ("停止", "Stop"),
    "new": ("新对话", "New"),
    "library": ("资料库", "Library"),
    "library_sub": ("回答只取自这里的资料。", "Answers come from these documents and nowhere else."),
    "switch": ("English", "中文"),
    "switch_short": ("EN", "中"),
    "skip": ("跳到提问框", "Skip to the question box"),
    "skip_to_content": ("跳到正文", "Skip to the content"),
    "theme_auto": ("外观：跟随系统", "Appearance: as the system"),
    "theme_light": ("外观：浅色", "Appearance: light"),
    "theme_dark": ("外观：深色", "Appearance: dark"),
    "conversation": ("对话", "Conversation"),
    "try": ("试试这样问", "Try one of these"),
    "scope_all": ("全部资料", "All documents"),
    "scope_some": ("{count} 份资料", "{count} selected"),
    "scope_hint": ("只在选中的资料里找答案", "Answer from the selected documents only"),
    "scope_filter": ("按标题、发布者或日期筛选", "Filter by title, publisher or date"),
    "scope_clear": ("用全部资料", "Use all documents"),
    "scope_none": ("没有这样的资料", "No such document"),
    "drop": ("去掉", "Remove"),
    "widen": ("在全部资料里再问一次", "Ask all documents instead"),
    "understood": ("按这个问题回答", "Answered as"),
    "edit": ("修改", "Edit"),
    "edit_question": ("修改这个问题", "Edit this question"),
    "edit_hint": ("重新提问会替换这一问和它之后的问答", "Asking again replaces this question and what follows it"),
    "cancel": ("取消", "Cancel"),
    "ask_again": ("重新提问", "Ask again"),
    "sources": ("出处", "Sources"),
    "chart_bar": ("条形图：{title}。{values}", "Bar chart: {title}. {values}"),
    "chart_line": ("折线图：{title}。{values}", "Line chart: {title}. {values}"),
    "chart_source": ("来源：{sources}", "Source: {sources}"),
    "chart_unit": ("单位：{unit}", "Unit: {unit}"),
    "chart_values": ("数据表", "Values"),
    "chart_label": ("项目", "Item"),
    "chart_series": ("系列", "Series"),
    "chart_value": ("数值", "Value"),
    "chart_unit_column": ("单位", "Unit"),
    "chart_source_column": ("来源", "Source"),
    "chart_save": ("下载", "Download"),
    "figures_from": ("数据来自", "Figures from"),
    "conflict": ("资料说法不一", "The sources disagree"),
    "says": ("说法", "What it says"),
    "who": ("出处", "Source"),
    "nearest": ("资料里最接近的内容", "The closest passages in the library"),
    "refused": ("资料里没有答案", "Not in the library"),
    "next": ("接着问", "Ask next"),
    "instead": ("资料里答得上来的", "What the library can answer"),
    "struck": ("核对时删去 {count} 处", "{count} taken out when checked"),
    "struck_sub": (
        "这些话在引用的原文里找不到依据，没有写进回答。",
        "The cited words do not carry these; the answer leaves them out.",
    ),
    "composer_quote": ("原文摘编", "Quoted, no model"),
    "composer_llm": ("语言模型组织，逐句核对", "Worded by a language model, checked line by line"),
    "copy": ("复制", "Copy"),
    "copy_markdown": ("Markdown，带出处", "Markdown with sources"),
    "copy_plain": ("纯文本", "Plain text"),
    "copy_references": ("参考文献条目", "References"),
    "copied": ("已复制", "Copied"),
    "link": ("链接", "Link"),
    "link_copied": ("链接已复制", "Link copied"),
    "helpful": ("有用", "Helpful"),
    "unhelpful": ("没用", "Not helpful"),
    "why": ("哪里不对？", "What is wrong?"),
    "reason_figure": ("数字不对", "Wrong figure"),
    "reason_source": ("引文撑不起这句话", "The quote does not carry it"),
    "reason_topic": ("答非所问", "Not what was asked"),
    "reason_partial": ("不完整", "Incomplete"),
    "reason_stale": ("过时了", "Out of date"),
    "reason_there": ("资料里明明有", "The library does have it"),
    "why_more": ("补充一句（可不填）", "Anything else (optional)"),
    "submit": ("提交", "Send"),
    "thanks": ("已记下，谢谢", "Noted, thank you"),
    "took": ("{seconds} 秒", "{seconds} s"),
    "panel": ("原文", "Source"),
    "close": ("关闭", "Close"),
    "open_full": ("整页打开", "Open full page"),
    "previous_citation": ("上一处引用", "Previous citation"),
    "next_citation": ("下一处引用", "Next citation"),
    "history": ("历史", "History"),
    "history_search": ("搜索问过的问题", "Search your questions"),
    "history_none": ("还没有对话。", "No conversations yet."),
    "history_unfound": ("没有问过这样的问题。", "You have asked nothing like this."),
    "history_private": ("历史只存在这个浏览器里。", "History is kept in this browser only."),
    "history_gone": ("这段对话的回答已不在服务器上。", "The answers of this conversation are no longer on the server."),
    "history_count": ("{count} 个问题", "{count} questions"),
    "delete": ("删除", "Delete"),
    "delete_all": ("全部删除", "Delete all"),
    "delete_sure": ("确定全部删除？", "Really delete all?"),
    "slash_key": ("按 / 回到提问框", "Press / for the question box"),
    "outline": ("目录", "Contents"),
    "contents_of": ("本文目录", "Contents of this document"),
    "back": ("返回提问", "Back to questions"),
    "ask_this": ("只问这份资料", "Ask this document"),
    "publisher": ("发布", "Publisher"),
    "date": ("日期", "Date"),
    "kind": ("类型", "Kind"),
    "source_file": ("原始文件", "Original file"),
    "note": ("说明", "Note"),
    "characters": ("{count} 字", "{count} characters"),
    "passages": ("{count} 段", "{count} passages"),
    "tables": ("{count} 张表", "{count} tables"),
    "figures": ("{count} 个数字", "{count} figures"),
    "size": ("篇幅", "Size"),
    "filter": ("按标题、发布者、日期筛选", "Filter by title, publisher, date"),
    "sort": ("排序", "Sort by"),
    "sort_none": ("默认", "Default"),
    "sort_date": ("日期（新到旧）", "Date, newest first"),
    "sort_title": ("标题", "Title"),
    "sort_publisher": ("发布者", "Publisher"),
    "sort_characters": ("篇幅（长到短）", "Size, longest first"),
    "apply": ("应用", "Apply"),
    "shown": ("显示 {shown} 份，共 {count} 份", "{shown} of {count} documents"),
    "none_found": ("没有符合的资料。", "No document matches."),
    "show_all": ("显示全部", "Show all"),
    "shelf_empty": ("资料库是空的。", "The library is empty."),
    "manage": ("管理资料", "Manage documents"),
    "manage_packaged": (
        "现在用的是随程序安装的资料，不能改动；要添加资料，请先把设置 corpus 指向自己的文件夹：",
        "These documents came with the program and stay as they are; to add some, set corpus to a folder of your own:",
    ),
    "manage_noscript": ("没有 JavaScript 时，用命令行添加资料：", "Without JavaScript, documents are added from a terminal:"),
    "admin_key": ("管理密钥", "Admin key"),
    "unlock": ("解锁", "Unlock"),
    "lock": ("退出管理", "Lock again"),
    "key_stays": ("密钥只留在这个标签页里，关闭即忘。", "The key stays in this tab and is forgotten with it."),
    "key_wrong": ("密钥不对", "The key is wrong"),
    "drop_files": ("把文件拖到这里", "Drop files here"),
    "pick": ("或选择文件", "or choose files"),
    "limits": (
        "可读 {formats}；一次至多 100 个文件、共 {size} MB。每个文件先读通才收下。",
        "Readable: {formats}; at most 100 files and {size} MB at once. Each file is read before it is taken.",
    ),
    "reindex": ("重新读取文件夹", "Read the folders again"),
    "remove": ("移除", "Remove"),
    "remove_sure": (
        "移除“{title}”？文件会从资料文件夹中删除，以前的回答仍保留。",
        "Remove “{title}”? Its file is deleted from the folder; answers given before stay.",
    ),
    "replace": ("替换原文件", "Replace it"),
    "sending": ("上传", "Uploading"),
    "job_upload": ("添加", "Adding"),
    "job_remove": ("移除", "Removing"),
    "job_reindex": ("重新读取", "Reading again"),
    "job_queued": ("排队中", "waiting"),
    "job_done": ("完成", "done"),
    "job_failed": ("未成功", "failed"),
    "stage_wait": ("等待另一次更新结束", "waiting for another update"),
    "stage_file": ("读取文件", "reading files"),
    "stage_embed": ("计算向量", "computing vectors"),
    "stage_write": ("写入索引", "writing the index"),
    "stage_open": ("换上新索引", "opening the new index"),
    "too_large": ("文件共超过 {size} MB", "more than {size} MB in all"),
    "wrong_format": ("不能读这种格式", "This format cannot be read"),
    "find": ("在本文中查找", "Find in this document"),
    "found": ("{count} 处", "{count} found"),
    "found_at": ("第 {at} / {count} 处", "{at} of {count}"),
    "first_hit": ("到第一处", "Go to the first"),
    "previous_hit": ("上一处", "Previous"),
    "next_hit": ("下一处", "Next"),
    "copy_link": ("复制链接", "Copy link"),
    "section_link": ("复制本节链接", "Copy the link to this section"),
    "mark_missing": (
        "引用的位置不在这份资料的当前版本里。",
        "The cited place is not in the current version of this document.",
    ),
    "saved_at": ("{when} 的回答，按当时原样保存", "Answered on {when}, kept as it was given"),
    "library_moved": (
        "此后资料库有更新：引文以这里显示的为准，原文位置可能已变。",
        "The library has changed since: the quotes shown here stand, their places may have moved.",
    ),
    "loading_sub": ("第一次会久一点，读完这一页会自己打开。", "The first time takes longer; this page opens by itself."),
    "stage_understand": ("理解问题", "Understanding the question"),
    "stage_search": ("检索资料", "Searching the library"),
    "stage_read": ("阅读原文", "Reading the passages"),
    "stage_compose": ("组织回答", "Composing the answer"),
    "stopped": ("已停止", "Stopped"),
    "retry": ("重试", "Try again"),
    "error_422": ("问题要有 1 到 2000 个字。", "A question has 1 to 2000 characters."),
    "too_long": ("太长了：{count} 个字，最多 2000。", "Too long: {count} characters, at most 2000."),
    "error_429": ("问得太快了，请稍等再试。", "Too many questions at once; please wait a moment."),
    "error_503": ("资料库还在读取，请稍等再试。", "The library is still being read; please try again in a moment."),
    "error_offline": ("连不上服务器，请检查网络后重试。", "The server cannot be reached; check the connection and try again."),
    "error_other": ("出错了，没能回答。请重试。", "Something went wrong and there is no answer. Please try again."),
    "problem_404": ("这里没有内容", "There is nothing here"),
    "problem_503": ("正在读取资料库", "Reading the library"),
    "problem_other": ("出错了", "Something went wrong"),
    "api_title": ("接口说明", "API"),
    "slack_hello": (
        "在频道里 @我、给我发私信，或用 `/yanda 问题` 提问；回答只取自资料库，每一句都标出原文。",
        "Mention me in a channel, send me a message, or type `/yanda QUESTION`."
        " Answers come from the library alone, each traced to its words.",
    ),
    "slack_home": ("问报告，看出处", "Ask the reports, see the source"),
    "slack_long": (
        "问题有 {count} 个字，最多 {most} 个字。请缩短后再问。",
        "The question has {count} characters, at most {most} are taken. Please shorten it.",
    ),
    "slack_more": ("回答较长，在浏览器里看全文", "The answer is longer: read all of it in the browser"),
    "slack_cut": ("回答较长，这里只显示开头。", "The answer is longer than a message can show."),
    "slack_open": ("在浏览器里打开", "Open in the browser"),
    "slack_reason": ("反馈", "Feedback"),
    "slack_lost": ("这条回答已经不在了，没能记下。", "This answer is no longer kept, so nothing was noted."),
    "slack_others": ("还有 {count} 份", "{count} more"),
    "shortcut": ("Enter 发送 · Shift+Enter 换行 · / 回到输入框", "Enter to send · Shift+Enter for a new line · / to focus"),
}

# what the page's scripts say by themselves
SCRIPT_KEYS = (
    "stop", "send", "copied", "link_copied", "thanks", "stopped", "retry", "placeholder_more", "scope_all", "scope_some",
    "scope_none", "drop", "widen", "error_422", "too_long", "error_429", "error_503", "error_offline", "error_other",
    "theme_auto", "theme_light", "theme_dark", "history_none", "history_unfound", "history_count", "history_gone", "delete",
    "delete_all", "delete_sure", "key_wrong", "remove_sure", "replace", "sending", "job_upload", "job_remove", "job_reindex",
    "job_queued", "job_done", "job_failed", "stage_wait", "stage_file", "stage_embed", "stage_write", "stage_open",
    "too_large", "wrong_format", "found", "found_at", "section_link",
)  # fmt: skip


def say(language: str, key: str, **values: object) -> str:
    """The words for `key`; an unknown key is a KeyError, never an empty label."""
    return STRINGS[key][LANGUAGES.index(language)].format(**values)


def choose(asked: str | None, kept: str | None, accepted: str) -> str:
    """The language asked for in the address, else the one kept in the cookie, else the browser's first that is known."""
    for wanted in (asked, kept):
        if wanted in LANGUAGES:
            return str(wanted)
    ranked: list[tuple[float, str]] = []
    for part in accepted.split(","):
        found = re.fullmatch(r"\s*([A-Za-z]{2,3})(?:-[\w-]+)?\s*(?:;\s*q=([\d.]+))?\s*", part)
        if found and found[1].lower() in LANGUAGES:
            ranked.append((-_quality(found[2]), found[1].lower()))
    return min(ranked, key=lambda pair: pair[0])[1] if ranked else LANGUAGES[0]


def of(text: str) -> str:
    """The language of whoever wrote this: English for words in Latin letters without a Chinese character, else Chinese."""
    return LANGUAGES[1] if re.search("[A-Za-z]", text) and not re.search("[\u3400-\u9fff]", text) else LANGUAGES[0]


def _quality(written: str | None) -> float:
    try:
        return float(written) if written else 1.0
    except ValueError:
        return 0.0
