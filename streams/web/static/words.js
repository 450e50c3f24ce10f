// Every word of the board in its two languages, and how sums and days are written in each.

export const WORDS = {
  en: {
    tagline: "Regional investment deals, each with the sentence that proves it",
    totals: "Totals by region", news: "Latest", alerts: "Alerts", feeds: "Feeds", line: "Line",
    region: "Region", window: "Window", kind: "Kind", more: "More", all: "All kinds", other: "中文", none: "Nothing yet",
    note: "Amounts in yuan. Kinds of money are never added to one another; a range is shown where amounts are bounds. A happening counts once in each place it names and in every division above.",
    live: "live", reading: "reading the topics…", lost: "no connection, trying again",
    happenings: (n) => n === 1 ? "1 deal" : `${n} deals`,
    projects: (n) => n === 1 ? "1 project" : `${n} projects`,
    without: (n) => `${n} without amount`,
    joint: (n) => `${n} joint`,
    sources: (n) => n === 1 ? "1 source" : `${n} sources`,
    independent: (n) => `${n} independent`,
    each: "each", from: "source", errors: (n) => n === 1 ? "1 error" : `${n} errors`,
    ambiguous: "place uncertain", revised: "corrected", retracted: "retracted",
    "7d": "7 days", "30d": "30 days", "90d": "90 days", "365d": "365 days",
    wtd: "week", mtd: "month", qtd: "quarter", ytd: "year", all_time: "all",
    contract: "contract", framework: "framework", intention: "intention",
    landed: "landed", started: "started", completed: "completed", operational: "operational",
    signing: "signing", agreement: "agreement", milestone: "milestone", activity: "activity",
    statistic: "statistic", target: "target",
    conference: "conference", roadshow: "roadshow", delegation: "delegation", exhibition: "exhibition",
    projects_signed: "projects signed", projects_introduced: "projects introduced",
    projects_negotiating: "in negotiation", projects_started: "projects started",
    projects_completed: "projects completed", projects_reserved: "in the pipeline", leads: "leads",
    enterprises_visited: "enterprises visited", activities_held: "activities held",
    companies_registered: "companies registered", investment_actual: "funds in place",
    investment_planned: "planned investment", foreign_investment: "foreign investment used",
    cluster_scale: "cluster scale", output_value: "output value",
    at_least: "≥ ", at_most: "≤ ", about: "≈ ", exact: "",
    ok: "ok", backing_off: "backing off", blocked: "blocked", gone: "gone", stale: "silent", broken: "broken",
    events: "events held", regions: "regions", dead_letters: "dead letters", lag: "messages behind",
  },
  zh: {
    tagline: "各地投资签约动态，每条都有原文为证",
    totals: "地区合计", news: "最新", alerts: "提醒", feeds: "来源", line: "运行",
    region: "地区", window: "时间段", kind: "类型", more: "更多", all: "全部类型", other: "English", none: "暂无",
    note: "金额单位为人民币元。各类资金互不相加；金额为约数或下限时显示区间。同一事件在其涉及的每个地区及上级地区各计一次。",
    live: "实时", reading: "正在读取……", lost: "连接中断，正在重试",
    happenings: (n) => `${n} 起`, projects: (n) => `${n} 个项目`, without: (n) => `${n} 起未披露金额`,
    joint: (n) => `${n} 起联合`, sources: (n) => `${n} 个来源`, independent: (n) => `${n} 个独立来源`,
    each: "单个", from: "原文", errors: (n) => `${n} 次错误`,
    ambiguous: "地点不确定", revised: "已更正", retracted: "已撤回",
    "7d": "7天", "30d": "30天", "90d": "90天", "365d": "365天",
    wtd: "本周", mtd: "本月", qtd: "本季", ytd: "本年", all_time: "全部",
    contract: "合同", framework: "框架", intention: "意向",
    landed: "落地", started: "开工", completed: "竣工", operational: "投产",
    signing: "签约", agreement: "合作协议", milestone: "进展", activity: "活动", statistic: "统计", target: "目标",
    conference: "推介会", roadshow: "路演", delegation: "考察", exhibition: "展会",
    projects_signed: "签约项目", projects_introduced: "引进项目", projects_negotiating: "在谈项目",
    projects_started: "开工项目", projects_completed: "竣工项目", projects_reserved: "储备项目", leads: "线索",
    enterprises_visited: "走访企业", activities_held: "举办活动", companies_registered: "注册企业",
    investment_actual: "到位资金", investment_planned: "计划投资", foreign_investment: "实际使用外资",
    cluster_scale: "集群规模", output_value: "产值",
    at_least: "≥ ", at_most: "≤ ", about: "约 ", exact: "",
    ok: "正常", backing_off: "退避", blocked: "被拒", gone: "已消失", stale: "静默", broken: "故障",
    events: "事件", regions: "地区", dead_letters: "死信", lag: "未读消息",
  },
};

export const KINDS = ["contract", "framework", "intention", "landed", "started", "completed", "operational"];
export const WINDOWS = ["7d", "30d", "90d", "365d", "wtd", "mtd", "qtd", "ytd", "all"];
export const TYPES = ["signing", "agreement", "milestone", "activity", "statistic", "target"];

const SCALES = {
  en: [[1e12, " trn"], [1e9, " bn"], [1e6, " m"], [1e3, " k"]],
  zh: [[1e12, "万亿"], [1e8, "亿"], [1e4, "万"]],
};

// 2800000000 -> "2.8 bn" or "28亿": three significant digits, so that a table can be read at a glance.
export function amount(value, language, scale = scaleOf(value, language)) {
  return trim(value / scale[0], language) + scale[1];
}

function scaleOf(value, language) {
  return SCALES[language].find(([size]) => Math.abs(value) >= size) ?? [1, ""];
}

function trim(number, language) {
  return number.toLocaleString(language, { maximumSignificantDigits: number >= 1000 ? 4 : 3 });
}

// The best value, or low–high in the unit of the high one where they differ once written.
export function range({ low, best, high }, language) {
  const scale = scaleOf(high, language);
  const [from, to] = [trim(low / scale[0], language), trim(high / scale[0], language)];
  return from === to ? amount(best, language) : `${from}–${to}${scale[1]}`;
}

export function money(sum, language) {
  const sign = sum.currency === "CNY" ? "¥" : sum.currency === "USD" ? "US$" : sum.currency + " ";
  return WORDS[language][sum.qualifier] + sign + amount(sum.value, language);
}
