using Platform.Explainer.Tests.Pictures;
using Platform.Explainer.Wording;

namespace Platform.Explainer.Tests.Wording;

/// <summary>What is said of an explanation in plain words.</summary>
public sealed class SentenceTests
{
    [Fact]
    public void An_estimate_is_told_with_its_errors()
    {
        Assert.Equal(
            "credit answers 0.72 for “bad”, 0.42 more than its average of 0.3 over 100 reference rows: checking_status = <0 (+0.21 ± 0.012), duration = 48 "
            + "(+0.16 ± 0.009) and credit_amount = 7582 (+0.08 ± 0.011) raise it most. The parts are estimates (largest standard error 0.012), and say what "
            + "the model went by, not what causes what.",
            Tell(Stories.Credit));
        Assert.Equal(
            "模型 credit 对“bad”给出 0.72，比 100 行参考数据的平均值 0.3 高 0.42：checking_status = <0（+0.21 ± 0.012）、duration = 48（+0.16 ± 0.009）、"
            + "credit_amount = 7582（+0.08 ± 0.011）使其升高最多。各项贡献是估计值（最大标准误 0.012），它们说明模型依据了什么，并不说明因果关系。",
            Tell(Stories.Credit, "zh"));
    }

    [Fact]
    public void What_the_parts_leave_is_told()
    {
        Assert.Equal(
            "price answers 1200 for “price”, 3320 less than its average of 4520 over the 1 row it is compared with: garden = yes (+400) raises it most, "
            + "rooms = 1 (−2100) and area (no value) (−900) lower it most. The parts are exact, −720 of the difference stays unexplained, and say what the model "
            + "went by, not what causes what.",
            Tell(Stories.Occluded));
        Assert.EndsWith("各项贡献是精确值，差值中有 −720 未得到解释，它们说明模型依据了什么，并不说明因果关系。", Tell(Stories.Occluded, "zh"));
    }

    [Fact]
    public void Words_are_quoted_and_compared_with_none()
    {
        Assert.StartsWith(
            "spam answers 0.97 for “spam”, 0.66 more than the 0.31 it answers to a text without words: “FREE” (+0.21), “money” (+0.18) and “click” (+0.1) raise it most.",
            Tell(Stories.Spam));
        Assert.StartsWith(
            "模型 poems 对“李白”给出 0.83，比空文本的 0.25 高 0.58：“月”（+0.23）、“明”（+0.14）、“霜。”（+0.12）使其升高最多。", Tell(Stories.Poem, "zh"));
    }

    [Fact]
    public void A_feature_within_the_error_of_the_estimate_is_no_reason()
    {
        var unsure = Stories.Credit with { Parts = [new("a", "1", 0.2, 0.11), new("b", "2", 0.22, null)] };
        Assert.Contains(": b = 2 (+0.22) raises it most", Tell(unsure));

        var lost = Stories.Credit with { Parts = [new("a", "1", 0.2, 0.11), new("b", "2", 0.22, 0.12)] };
        Assert.Contains("; no feature stands out from the error of the estimate. ", Tell(lost));
        Assert.Contains("；没有特征的贡献明显超出估计误差。", Tell(lost, "zh"));
    }

    [Fact]
    public void Where_nothing_moves_the_answer_that_is_told()
    {
        Assert.StartsWith("credit answers 0.3 for “bad”, as much as its average of 0.3 over 100 reference rows; no feature moves it. ", Tell(Stories.Flat));
        Assert.StartsWith("模型 credit 对“bad”给出 0.3，与 100 行参考数据的平均值 0.3 相同；没有特征使它改变。", Tell(Stories.Flat, "zh"));
    }

    [Theory]
    [InlineData("exact", null, "The parts are exact, and")]
    [InlineData("permutation", null, "The parts are estimates whose error is not known, and")]
    [InlineData("lime", 0.874, "The parts come from a straight-line fit near this row (R² 0.874), and")]
    public void How_sure_it_is_depends_on_the_method(string method, double? fit, string expected)
    {
        Assert.Contains(expected, Tell(Stories.Flat with { Method = method, Fit = fit, Prediction = 0.5, Parts = [new("a", "1", 0.2, null)] }));
    }

    [Fact]
    public void Small_parts_and_long_names_are_left_out_or_cut()
    {
        var told = Tell(Stories.Flat with { Prediction = 1.31, Parts = [new(new string('n', 100), "1", 1, null), new("small", "2", 0.01, null)] });

        Assert.Contains($": {new string('n', 47)}… (+1) raises it most", told);
        Assert.DoesNotContain("small", told);
    }

    private static string Tell(Story story, string language = "en") => Languages.Choose(language, []).Tell(story);
}
