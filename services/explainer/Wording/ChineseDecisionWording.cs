namespace Platform.Explainer.Wording;

/// <summary>Chinese.</summary>
internal sealed class ChineseDecisionWording : IDecisionWording
{
    private const string WhatIf = "每一种都由模型实际给出，其中任何一项改动都不能单独撤回；可能还有更近的，而且这只说明模型会怎样回答，并不说明实际会发生什么。";

    public DecisionLabels Labels { get; } = new()
    {
        AsItIs = "现状",
        Answer = "结果",
        Distance = "距离",
        Condition = "条件",
        Always = "无论何种输入",
        Precision = "精确率",
        Coverage = "覆盖率",
        NothingFound = "没有找到其他样本",
    };

    public string Heading(ChangeStory story) => $"{story.Model}（版本 {story.Version}）：从{Short(story.Now)}到另一结果";

    public string Tell(ChangeStory story)
    {
        var now = $"模型 {story.Model} 给出{Short(story.Now)}。";
        if (story.Ways.Count == 0)
            return $"{now}在模型计算的 {story.Evaluations} 行中，没有找到能得到所求结果的改动：请放开更多特征、放宽取值范围、换一个目标，或增大预算。";
        var more = story.Ways.Count == 1 ? "" : $"；另有 {story.Ways.Count - 1} 种更远或不同的改法";
        return $"{now}若{string.Join("，", story.Ways[0].Changes.Select(Say))}，则会给出{Short(story.Ways[0].Then)}{more}。{WhatIf}";
    }

    public string Heading(RuleStory story) => $"{story.Model}（版本 {story.Version}）：何以给出{Target(story)}";

    public string Tell(RuleStory story)
    {
        var where = story.Conditions.Count == 0 ? "无论何种输入" : $"当{string.Join("且", story.Conditions.Select(condition => Telling.Cut(Say(condition))))}时";
        var found = $"{where}，模型 {story.Model} 在 {ShortNumbers.Short(story.Precision)}（{ShortNumbers.Short(story.PrecisionLow)} 至 {ShortNumbers.Short(story.PrecisionHigh)}）的样本上给出{Target(story)}；对照数据中有 {ShortNumbers.Short(story.Coverage)} 符合这一规则。";
        return story.IsReached
            ? $"{found}它说明模型依据了什么，并不说明因果关系。"
            : $"没有找到已知达到所求精确率的规则。最好的一条：{found}请增大预算或束宽，或降低所求的精确率。";
    }

    public string Short(Outcome outcome) => outcome.Class is { } name ? $"“{Telling.Cut(name)}”（{Telling.Number(outcome)}）" : $" {ShortNumbers.Short(outcome.Number)}";

    public string Say(Condition condition) => condition switch
    {
        { Value: "" } => $"{condition.Feature} 缺失",
        { Value: { } value } => $"{condition.Feature} = {value}",
        { Above: null, UpTo: null } => $"{condition.Feature} 不缺失",
        _ => Telling.Between(condition),
    };

    private static string Target(RuleStory story) => story.Range switch
    {
        null => $"“{Telling.Cut(story.Now.Class ?? "")}”",
        { IsWithin: true } range => $" {Telling.Between(range.From, range.To)}",
        { } range => $"不在 {Telling.Between(range.From, range.To)} 之内的结果",
    };

    private static string Say(Change change) => change.From.Length == 0
        ? $"{Telling.Cut(change.Feature)} 由缺失改为 {Telling.Cut(change.To)}"
        : $"{Telling.Cut(change.Feature)} 由 {Telling.Cut(change.From)} 改为 {Telling.Cut(change.To)}";
}
