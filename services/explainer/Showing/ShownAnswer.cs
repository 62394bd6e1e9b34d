using Platform.Explainer.Wording;
using Platform.Hosting.Errors;

namespace Platform.Explainer.Showing;

/// <summary>An answer in the form that its caller accepts: JSON, a picture, or a page with the picture in it.</summary>
internal static class ShownAnswer
{
    // What is shown holds names and texts that others wrote: nothing in it runs, and nothing is fetched.
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

    /// <param name="context">Says which form and language are accepted.</param>
    /// <param name="language">The language asked for by name; null where it was not.</param>
    /// <param name="json">The answer as JSON.</param>
    /// <param name="show">The answer to be looked at, or why it cannot be shown as asked.</param>
    public static IResult Write(HttpContext context, string? language, Func<IWording, IResult> json, Func<IWording, Result<Shown>> show)
    {
        var headers = context.Request.GetTypedHeaders();
        var wording = Languages.Choose(language, headers.AcceptLanguage);
        var form = AnswerForm.Choose(headers.Accept);
        context.Response.Headers.Vary = "Accept, Accept-Language";
        if (form == AnswerForm.Json) return json(wording);

        if (!show(wording).Succeeded(out var shown, out var error)) return Problems.From(error);
        context.Response.Headers.ContentSecurityPolicy = Policy;
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.ContentLanguage = wording.Language;
        return TypedResults.Text(form == AnswerForm.Svg ? shown.Picture : shown.Page(), $"{form}; charset=utf-8");
    }
}
