using Platform.Explainer.Importance;
using Platform.Explainer.Pictures;
using Platform.Explainer.Wording;

namespace Platform.Explainer.Tests.Pictures;

/// <summary>Pictures of whole versions: the approved ones, and others within their frame.</summary>
public sealed class GlobalPictureTests
{
    private static readonly ImportanceStory Importances = new()
    {
        Model = "credit",
        Version = "2",
        Measure = ImportanceMeasure.Accuracy,
        Baseline = 0.76,
        Rows = 200,
        Parts = [new("checking_status", null, 0.047, 0.016), new("duration", null, 0.019, 0.008), new("age", null, 0, 0), new("own_telephone", null, -0.006, 0.007)],
    };

    private static readonly CurveStory Curve = new()
    {
        Model = "credit",
        Version = "2",
        Output = "bad",
        Feature = "duration",
        Kind = "pdp",
        Rows = 200,
        Points = ["4", "12", "24", "48", "72"],
        Numbers = [4, 12, 24, 48, 72],
        Values = [0.2, 0.25, 0.31, 0.5, 0.55],
        Errors = [0.01, 0.01, 0.012, 0.02, 0.02],
        Low = [0.04, 0.05, 0.1, 0.2, 0.21],
        High = [0.5, 0.55, 0.6, 0.81, 0.9],
        Lines = [[0.1, 0.12, 0.2, 0.4, 0.41], [0.3, 0.4, 0.4, 0.6, 0.8]],
    };

    private static readonly CurveStory Single = Curve with
    {
        Feature = "purpose", Kind = "ice", Points = ["new car", "furniture/equipment", "“”", "a category with quite a long name, longer than its place"], Numbers = null,
        Values = null, Errors = null, Low = null, High = null, Lines = [[0.3, 0.2, 0.6, 0.25]], Own = 2,
    };

    private static readonly CurveStory Flat = Curve with { Kind = "ale", Points = ["7"], Numbers = [7], Values = [0], Errors = [0], Low = null, High = null, Lines = [] };

    [Theory]
    [InlineData("importance", "en")]
    [InlineData("importance", "zh")]
    [InlineData("dependence", "en")]
    [InlineData("ice", "zh")]
    [InlineData("single", "en")]
    [InlineData("names", "en")]
    public void A_picture_is_the_approved_one(string name, string language) => Approval.AssertApproved($"global-{name}-{language}.svg", Draw(name, language));

    [Theory]
    [InlineData("importance")]
    [InlineData("label")]
    [InlineData("nothing")]
    [InlineData("dependence")]
    [InlineData("ice")]
    [InlineData("single")]
    [InlineData("flat")]
    [InlineData("names")]
    [InlineData("hostile")]
    public void Every_picture_is_well_formed_stays_within_its_frame_and_its_texts_apart(string name)
    {
        foreach (var language in Languages.Tags)
        {
            var svg = SvgReader.Read(Draw(name, language));
            Assert.NotEmpty(svg.Title);
            Assert.DoesNotContain(svg.Names, element => element is "script" or "foreignObject" or "image" or "a");
            Assert.All(svg.Boxes, box => Assert.True(
                box.Left >= -0.01 && box.Top >= -0.01 && box.Right <= svg.Width + 0.01 && box.Bottom <= svg.Height + 0.01, $"{box} is outside {svg.Width} × {svg.Height}"));
            var texts = svg.Boxes.Where(box => box.Text is { Length: > 0 }).ToList();
            for (var i = 0; i < texts.Count; i++)
                Assert.All(texts.Skip(i + 1), other => Assert.False(texts[i].Overlaps(other), $"{texts[i]} and {other}"));
        }
    }

    [Fact]
    public void A_curve_is_shown_by_what_it_has()
    {
        Assert.Equal(["dependence", "ice"], CurvePicture.NamesFor(Curve));
        Assert.Equal(["ice"], CurvePicture.NamesFor(Single));
        Assert.Equal(["dependence"], CurvePicture.NamesFor(Flat));
        Assert.Null(CurvePicture.Draw("ice", Flat, Languages.Choose("en", [])));
    }

    private static string Draw(string name, string language)
    {
        var wording = Languages.Choose(language, []);
        return name switch
        {
            "importance" => ImportancePicture.Draw(Importances, wording),
            "label" => ImportancePicture.Draw(Importances with { Label = "bad", Measure = ImportanceMeasure.ShapleySize, Baseline = null }, wording),
            "nothing" => ImportancePicture.Draw(Importances with { Parts = [] }, wording),
            "hostile" => CurvePicture.Draw(null, Curve with { Feature = "</svg><script>", Output = new string('W', 300), Points = ["<4>", "&", "'", "\u0007", new string('漢', 99)] }, wording)!,
            "single" => CurvePicture.Draw(null, Single, wording)!,
            "names" => CurvePicture.Draw(null, Curve with { Feature = "purpose", Points = ["car", "house", "boat", "radio", "other"], Numbers = null }, wording)!,
            "flat" => CurvePicture.Draw(null, Flat, wording)!,
            _ => CurvePicture.Draw(name, Curve, wording)!,
        };
    }
}
