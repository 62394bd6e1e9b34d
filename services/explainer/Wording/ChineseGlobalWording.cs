using Platform.Explainer.Importance;
using static Platform.Explainer.Wording.ShortNumbers;

namespace Platform.Explainer.Wording;

/// <summary>Chinese.</summary>
internal sealed class ChineseGlobalWording : IGlobalWording
{
    private const string WhatIf = "这是模型会给出的结果，并不是实际会发生的结果。";
    private const string Honesty = "这说明模型依据了什么，并不说明因果关系；彼此相关的特征会分摊重要性。";

    public string Heading(ImportanceStory story) => $"{story.Model}（版本 {story.Version}）：{(story.Label is { } label ? $"对“{label}”" : "模型")}的主要依据";

    public string Unit(ImportanceStory story) => story.Measure switch
    {
        ImportanceMeasure.Accuracy when story.Label is not null => "召回率下降",
        ImportanceMeasure.Accuracy => "准确率下降",
        ImportanceMeasure.AbsoluteError => "绝对误差增加",
        ImportanceMeasure.OutputChange => "输出的变化",
        _ => "Shapley 值的平均大小",
    };

    public string Tell(ImportanceStory story)
    {
        if (story.Parts.Count == 0) return $"没有参考数据能说明模型 {story.Model} {Of(story)}的依据。";
        var standing = story.Standing.Take(Telling.MostReasons).ToList();
        return standing.Count == 0
            ? $"在 {story.Rows} 行参考数据上，模型 {story.Model} {Of(story)}没有特征明显超出估计误差。{Honesty}"
            : $"在 {story.Rows} 行参考数据上，模型 {story.Model} 最依据 {List(standing)}：{What(story)}。{Honesty}";
    }

    public string Heading(CurveStory story) => $"{story.Model}（版本 {story.Version}）：“{story.Output}”随 {story.Feature} 的变化";

    public string Key(CurveStory story, bool hasMean) => (hasMean, story.Kind) switch
    {
        (true, "ale") => "蓝色：效应及一个标准误",
        (true, _) => "蓝色：平均值及一个标准误；色带：中间 80% 的数据",
        _ => story.Lines.Count == 1 ? "蓝色：该样本；圆圈：现值" : "蓝色：单个样本",
    };

    public string Tell(CurveStory story)
    {
        if (story.Told is not { } told)
            return $"其余不变而 {Telling.Cut(story.Feature)} 取遍各值时，模型 {story.Model} 对“{Telling.Cut(story.Output)}”的输出在单个样本中最多变化 {Short(Telling.LargestMove(story))}。{WhatIf}";
        var (least, most) = Telling.Ends(told);
        if (Short(told[least]) == Short(told[most])) return $"模型 {story.Model} 对“{Telling.Cut(story.Output)}”的输出不随 {Telling.Cut(story.Feature)} 变化，始终为 {Short(told[least])}。";
        return story switch
        {
            { Values: null } => $"{(story.Own is { } own ? $"{Telling.Cut(story.Feature)} = {Telling.Cut(story.Points[own])} 时，模型 {story.Model} 对“{Telling.Cut(story.Output)}”给出 {Short(told[own])}；" : $"对“{Telling.Cut(story.Output)}”，")}其余不变，取 {Telling.Cut(story.Points[least])} 时会给出 {Short(told[least])}，取 {Telling.Cut(story.Points[most])} 时会给出 {Short(told[most])}。{WhatIf}",
            { Kind: "ale" } => $"在取值相近的数据中逐段累积，模型 {story.Model} 对“{Telling.Cut(story.Output)}”的输出从 {Telling.Cut(story.Feature)} = {Telling.Cut(story.Points[least])} 处的 {Signed(told[least])}{Error(story, least)} 变到 {Telling.Cut(story.Points[most])} 处的 {Signed(told[most])}{Error(story, most)}（与 {story.Rows} 行参考数据的平均相比）。这说明模型的行为，并不说明因果关系。",
            _ => $"让 {story.Rows} 行参考数据的 {Telling.Cut(story.Feature)} 都取同一个值，模型 {story.Model} 对“{Telling.Cut(story.Output)}”的平均输出在 {Telling.Cut(story.Points[least])} 处最低（{Short(told[least])}{Error(story, least)}），在 {Telling.Cut(story.Points[most])} 处最高（{Short(told[most])}{Error(story, most)}）。其中有些取值与该行其余特征并不相称；这说明模型的行为，并不说明因果关系。",
        };
    }

    private static string Error(CurveStory story, int point) => story.Errors is { } errors ? $" ± {Short(errors[point])}" : "";

    private static string List(List<StoryPart> parts) => string.Join("、", parts.Select(part =>
        $"{Telling.Cut(part.Name)}（{Short(part.Share)}{(part.Error is > 0 ? $" ± {Short(part.Error.Value)}" : "")}）"));

    private static string What(ImportanceStory story) => story.Measure switch
    {
        ImportanceMeasure.Accuracy when story.Label is { } label => $"打乱它们后，“{Telling.Cut(label)}”的召回率（原为 {Share(story)}）下降这么多",
        ImportanceMeasure.Accuracy => $"打乱它们后，准确率（原为 {Share(story)}）下降这么多",
        ImportanceMeasure.AbsoluteError => $"打乱它们后，平均绝对误差（原为 {Share(story)}）增加这么多",
        ImportanceMeasure.OutputChange => $"打乱它们后，{Of(story)}输出平均变化这么多",
        _ => $"它们使{Of(story)}输出偏离平均值这么多",
    };

    private static string Of(ImportanceStory story) => story.Label is { } label ? $"对“{Telling.Cut(label)}”" : "";

    private static string Share(ImportanceStory story) => Short(story.Baseline ?? double.NaN);
}
