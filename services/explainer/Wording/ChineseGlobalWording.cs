using Platform.Explainer.Importance;
using static Platform.Explainer.Wording.ShortNumbers;

namespace Platform.Explainer.Wording;

/// <summary>Chinese.</summary>
internal sealed class ChineseGlobalWording : IGlobalWording
{
    private const string Honesty = "这说明模型依据了什么，并不说明因果关系；彼此相关的特征会分摊重要性。";

    public string Heading(ImportanceStory story) => $"{story.Model}（版本 {story.Version}）：{(story.Label is { } label ? $"对“{label}”" : "")}的主要依据";

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

    private static string List(List<StoryPart> parts) => string.Join("、", parts.Select(part =>
        $"{Telling.Cut(part.Name)}（{Short(part.Share)}{(part.Error is > 0 ? $" ± {Short(part.Error.Value)}" : "")}）"));

    private static string What(ImportanceStory story) => story.Measure switch
    {
        ImportanceMeasure.Accuracy when story.Label is { } label => $"打乱它们后，“{label}”的召回率（原为 {Share(story)}）下降这么多",
        ImportanceMeasure.Accuracy => $"打乱它们后，准确率（原为 {Share(story)}）下降这么多",
        ImportanceMeasure.AbsoluteError => $"打乱它们后，平均绝对误差（原为 {Share(story)}）增加这么多",
        ImportanceMeasure.OutputChange => $"打乱它们后，{Of(story)}输出平均变化这么多",
        _ => $"它们使{Of(story)}输出偏离平均值这么多",
    };

    private static string Of(ImportanceStory story) => story.Label is { } label ? $"对“{label}”" : "";

    private static string Share(ImportanceStory story) => Short(story.Baseline ?? double.NaN);
}
