using Platform.Explainer.Pictures;
using Platform.Explainer.Wording;

namespace Platform.Explainer.Tests.Pictures;

/// <summary>
/// Pictures are those that were looked at and approved. One that differs is left in the folder for temporary files, under received; who finds it
/// better copies it to approved.
/// </summary>
public sealed class PictureTests
{
    private static readonly Dictionary<string, Story> Known = new()
    {
        ["credit"] = Stories.Credit, ["occluded"] = Stories.Occluded, ["spam"] = Stories.Spam, ["poem"] = Stories.Poem, ["image"] = Stories.Image,
        ["hostile"] = Stories.Hostile, ["flat"] = Stories.Flat,
    };

    [Theory]
    [InlineData("credit", "waterfall", "en")]
    [InlineData("credit", "bars", "en")]
    [InlineData("credit", "force", "en")]
    [InlineData("credit", "waterfall", "zh")]
    [InlineData("occluded", "waterfall", "en")]
    [InlineData("occluded", "bars", "zh")]
    [InlineData("occluded", "force", "en")]
    [InlineData("spam", "text", "en")]
    [InlineData("poem", "text", "zh")]
    [InlineData("image", "heatmap", "en")]
    [InlineData("hostile", "waterfall", "en")]
    [InlineData("flat", "bars", "en")]
    public void A_picture_is_the_approved_one(string story, string picture, string language)
    {
        var drawn = Draw(picture, Known[story], language);

        Approval.AssertApproved($"{story}-{picture}-{language}.svg", drawn);
    }

    [Fact]
    public void A_page_is_the_approved_one()
    {
        var wording = Languages.Choose("en", []);

        Approval.AssertApproved("credit-en.html", ExplanationPage.Write(
            Stories.Credit, wording, PictureGallery.Draw(null, Stories.Credit, wording)!, [("method", "permutation"), ("id", "<1>")]));
    }

    public static TheoryData<string, string, string> Everything()
    {
        var all = new TheoryData<string, string, string>();
        foreach (var (name, story) in Known)
        {
            foreach (var picture in PictureGallery.NamesFor(story))
            {
                foreach (var language in Languages.Tags) all.Add(name, picture, language);
            }
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public void Every_picture_is_well_formed_and_stays_within_its_frame(string story, string picture, string language)
    {
        var svg = SvgReader.Read(Draw(picture, Known[story], language));

        Assert.NotEmpty(svg.Title);
        Assert.NotEmpty(svg.Description);
        Assert.DoesNotContain(svg.Names, name => name is "script" or "foreignObject" or "image" or "a");
        Assert.All(svg.Boxes, box => Assert.True(
            box.Left >= -0.01 && box.Top >= -0.01 && box.Right <= svg.Width + 0.01 && box.Bottom <= svg.Height + 0.01, $"{box} is outside {svg.Width} × {svg.Height}"));
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public void Texts_do_not_overlap(string story, string picture, string language)
    {
        var texts = SvgReader.Read(Draw(picture, Known[story], language)).Boxes.Where(box => box.Text is { Length: > 0 }).ToList();

        for (var i = 0; i < texts.Count; i++)
            Assert.All(texts.Skip(i + 1), other => Assert.False(texts[i].Overlaps(other), $"{texts[i]} and {other}"));
    }

    [Fact]
    public void What_was_cut_stands_whole_in_the_title_of_its_text()
    {
        var svg = Draw("waterfall", Stories.Hostile, "en");

        Assert.Contains($"<title>{new string('W', 300)} = {new string('漢', 300)}</title>", svg);
    }

    [Fact]
    public void A_picture_that_cannot_show_an_explanation_is_not_drawn()
    {
        Assert.Null(PictureGallery.Draw("heatmap", Stories.Credit, Languages.Choose("en", [])));
        Assert.Null(PictureGallery.Draw("text", Stories.Credit, Languages.Choose("en", [])));
        Assert.Equal(["waterfall", "bars", "force"], PictureGallery.NamesFor(Stories.Credit));
        Assert.Equal(["text", "waterfall", "bars", "force"], PictureGallery.NamesFor(Stories.Spam));
        Assert.Equal(["heatmap", "waterfall", "bars", "force"], PictureGallery.NamesFor(Stories.Image));
    }

    private static string Draw(string picture, Story story, string language) =>
        PictureGallery.Draw(picture, story, Languages.Choose(language, []))!;
}
