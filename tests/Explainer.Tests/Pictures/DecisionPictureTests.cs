using Platform.Explainer.Pictures;
using Platform.Explainer.Wording;

namespace Platform.Explainer.Tests.Pictures;

public sealed class DecisionPictureTests
{
    private static readonly Dictionary<string, Func<IWording, string>> Pictures = new()
    {
        ["change-credit"] = wording => ChangePicture.Draw(DecisionStories.Credit, wording),
        ["change-nothing"] = wording => ChangePicture.Draw(DecisionStories.Nothing, wording),
        ["change-hostile"] = wording => ChangePicture.Draw(DecisionStories.Hostile, wording),
        ["rule-credit"] = wording => RulePicture.Draw(DecisionStories.Rule, wording),
        ["rule-always"] = wording => RulePicture.Draw(DecisionStories.Always, wording),
        ["rule-short"] = wording => RulePicture.Draw(DecisionStories.Short, wording),
        ["rule-hostile"] = wording => RulePicture.Draw(DecisionStories.HostileRule, wording),
    };

    [Theory]
    [InlineData("change-credit", "en")]
    [InlineData("change-credit", "zh")]
    [InlineData("rule-credit", "en")]
    [InlineData("rule-short", "zh")]
    public void A_picture_is_the_approved_one(string name, string language) => Approval.AssertApproved($"{name}-{language}.svg", Draw(name, language));

    [Fact]
    public void A_page_is_the_approved_one()
    {
        var wording = Languages.Choose("en", []);

        Approval.AssertApproved("change-en.html", DecisionPages.Write(DecisionStories.Credit, wording, Draw("change-credit", "en"), [("method", "counterfactual"), ("id", "<1>")]));
        Assert.Contains("<td>condition</td><td>checking_status = &lt;0</td>", DecisionPages.Write(DecisionStories.Rule, wording, Draw("rule-credit", "en"), []));
    }

    public static TheoryData<string, string> Everything()
    {
        var all = new TheoryData<string, string>();
        foreach (var name in Pictures.Keys)
        {
            foreach (var language in Languages.Tags) all.Add(name, language);
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public void Every_picture_is_well_formed_stays_within_its_frame_and_its_texts_apart(string name, string language)
    {
        var svg = SvgReader.Read(Draw(name, language));
        var texts = svg.Boxes.Where(box => box.Text is { Length: > 0 }).ToList();

        Assert.DoesNotContain(svg.Names, element => element is "script" or "foreignObject" or "image" or "a");
        Assert.All(svg.Boxes, box => Assert.True(
            box.Left >= -0.01 && box.Top >= -0.01 && box.Right <= svg.Width + 0.01 && box.Bottom <= svg.Height + 0.01, $"{box} is outside {svg.Width} × {svg.Height}"));
        for (var i = 0; i < texts.Count; i++)
            Assert.All(texts.Skip(i + 1), other => Assert.False(texts[i].Overlaps(other), $"{texts[i]} and {other}"));
    }

    [Fact]
    public void A_decision_is_told_in_both_languages()
    {
        var (english, chinese) = (Languages.Choose("en", []).Decisions, Languages.Choose("zh", []).Decisions);

        Assert.StartsWith("credit answers “bad” (0.72). It would answer “good” (0.508) with duration 30 instead of 48; 2 other ways are farther", english.Tell(DecisionStories.Credit));
        Assert.StartsWith("模型 credit 给出“bad”（0.72）。若duration 由 48 改为 30，则会给出“good”（0.508）；另有 2 种", chinese.Tell(DecisionStories.Credit));
        Assert.Contains("Among 18211 rows", english.Tell(DecisionStories.Nothing));
        Assert.Equal(
            "credit answers “bad” in 0.971 of rows (0.951 to 0.985) where checking_status = <0, duration > 24, 3972 < credit_amount ≤ 7966.5 and savings_status is missing; this holds for 0.124 of the rows it is compared with. It says what the model goes by, not what causes what.",
            english.Tell(DecisionStories.Rule));
        Assert.StartsWith("没有找到已知达到所求精确率的规则。最好的一条：当checking_status = <0且duration > 24且", chinese.Tell(DecisionStories.Short));
        Assert.Contains("answers not ≤ 1500.5 in 0.8 of rows", english.Tell(DecisionStories.Short));
    }

    private static string Draw(string name, string language) => Pictures[name](Languages.Choose(language, []));
}
