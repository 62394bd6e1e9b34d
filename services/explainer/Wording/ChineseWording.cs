using Platform.Explainer.Rows;
using static Platform.Explainer.Wording.ShortNumbers;

namespace Platform.Explainer.Wording;

/// <summary>Chinese.</summary>
internal sealed class ChineseWording : IWording
{
    public string Language => "zh";

    public Labels Labels { get; } = new()
    {
        Prediction = "预测",
        Average = "平均",
        Unexplained = "未解释",
        Raises = "使结果升高",
        Lowers = "使结果降低",
        Input = "输入",
        Feature = "特征",
        Value = "取值",
        Share = "贡献",
        Importance = "重要性",
        Rows = "参考数据行数",
        StandardError = "标准误",
        Method = "方法",
        Evaluations = "模型计算的行数",
        Seed = "随机种子",
        Background = "对照",
    };

    public IGlobalWording Global { get; } = new ChineseGlobalWording();

    public IDecisionWording Decisions { get; } = new ChineseDecisionWording();

    public string Tell(Story story) => $"{Answer(story)}{Reasons(story)}。{Honesty(story)}。";

    public string Heading(Story story) => $"{story.Model}（版本 {story.Version}）：“{story.Output}”为 {Short(story.Prediction)}";

    public string Label(StoryPart part) => part.Value switch
    {
        null => part.Name,
        "" => $"{part.Name}（无取值）",
        var value => $"{part.Name} = {value}",
    };

    public string Others(int count) => $"其余 {count} 项";

    private static string Answer(Story story)
    {
        var than = story.BackgroundSource switch
        {
            Background.MaskedText => $"空文本的 {Short(story.Base)}",
            Background.OfReference => $" {story.BackgroundRows} 行参考数据的平均值 {Short(story.Base)}",
            _ => $"所给 {story.BackgroundRows} 行对照数据的平均值 {Short(story.Base)}",
        };
        var compared = Short(story.Difference) is "0"
            ? $"与{than} 相同"
            : $"比{than} {(story.Difference > 0 ? "高" : "低")} {Short(Math.Abs(story.Difference))}";
        return $"模型 {story.Model} 对“{story.Output}”给出 {Short(story.Prediction)}，{compared}";
    }

    private string Reasons(Story story)
    {
        var reasons = Telling.Reasons(story);
        if (reasons.Count == 0)
            return story.BySize.Any() ? "；没有特征的贡献明显超出估计误差" : "；没有特征使它改变";
        string[] clauses = [.. Clause(reasons.Where(part => part.Share > 0), story.IsText, "升高"), .. Clause(reasons.Where(part => part.Share < 0), story.IsText, "降低")];
        return $"：{string.Join("，", clauses)}";
    }

    private IEnumerable<string> Clause(IEnumerable<StoryPart> parts, bool isText, string direction)
    {
        string[] named = [.. parts.Select(part => $"{Telling.Cut(isText ? $"“{part.Name}”" : Label(part))}（{Telling.Amount(part)}）")];
        if (named.Length > 0) yield return $"{string.Join("、", named)}使其{direction}最多";
    }

    private static string Honesty(Story story)
    {
        var rest = story.LeavesSomething ? $"差值中有 {Short(story.Residual)} 未得到解释，" : "";
        var sure = Telling.Certainty(story) switch
        {
            Certainty.Fitted => $"各项贡献来自该样本附近的线性拟合（R² 为 {Short(story.Fit!.Value)}）",
            Certainty.Estimated => $"各项贡献是估计值（最大标准误 {Short(Telling.LargestError(story))}）",
            Certainty.Unknown => "各项贡献是误差未知的估计值",
            _ => "各项贡献是精确值",
        };
        return $"{sure}，{rest}它们说明模型依据了什么，并不说明因果关系";
    }
}
