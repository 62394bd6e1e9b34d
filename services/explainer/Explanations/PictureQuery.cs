using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Platform.Explainer.Pictures;
using Platform.Explainer.Showing;
using Platform.Explainer.Wording;
using Platform.Hosting.Errors;
using Platform.Hosting.OpenApi;

namespace Platform.Explainer.Explanations;

/// <summary>How an explanation is to be shown.</summary>
internal sealed record PictureQuery
{
    /// <summary>A name of <see cref="PictureGallery"/>; what suits best when absent.</summary>
    [FromQuery(Name = "picture"), OneOf(typeof(PictureGallery), nameof(PictureGallery.Names))]
    [Description("Of SVG and HTML, the picture: text (its words on the colours of their shares), heatmap (over an image), waterfall, bars (with standard errors) or force. When absent the first of these that suits. Of methods counterfactual and anchors the one of that name.")]
    public string? Picture { get; init; }

    /// <summary>The row that is shown; the first when absent.</summary>
    [FromQuery(Name = "row"), Description("Of SVG and HTML, the row that is shown, counted from 0; the first when absent.")]
    public int? Row { get; init; }

    /// <summary>The number that is shown; the largest when absent.</summary>
    [FromQuery(Name = "class"), Description("Of SVG and HTML, the class (or output) that is shown, by its name in outputNames or its place there; the one with the largest prediction when absent. Counterfactuals and anchors are of the decision among all of them, and do not look at it.")]
    public string? Class { get; init; }

    /// <summary>The language of sentences and pictures.</summary>
    [FromQuery(Name = "lang"), OneOf(typeof(Languages), nameof(Languages.Tags))]
    [Description("The language of sentences and pictures; when absent by Accept-Language, else en.")]
    public string? Language { get; init; }

    /// <summary>What can be said of the query by itself.</summary>
    public Error? Check()
    {
        if (Picture is not null && !PictureGallery.IsKnown(Picture)) return ShowingErrors.PictureUnknown(Picture, PictureGallery.Names);
        return Language is null || Languages.IsKnown(Language)
            ? null
            : Problems.Invalid(new Dictionary<string, string[]> { ["lang"] = [$"It is one of {string.Join(", ", Languages.Tags)}."] });
    }
}
