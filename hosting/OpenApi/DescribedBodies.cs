using Microsoft.AspNetCore.Http.Features;
using Platform.Hosting.Errors;

namespace Platform.Hosting.OpenApi;

/// <summary>
/// Takes a body under the media types alone that its route describes (<see cref="RouteParts.WithBody"/>). What a page's form can send
/// without asking (<c>text/plain</c>, <c>multipart/form-data</c>, <c>application/x-www-form-urlencoded</c>) is then taken nowhere by chance.
/// A body without a type is the route's own affair: clients of the inference protocol name none.
/// </summary>
internal static class DescribedBodies
{
    /// <summary>Behind routing. Routes whose bodies the framework binds are seen to by the framework.</summary>
    public static void UseDescribedBodies(this WebApplication app) => app.Use((context, next) =>
        Refuse(context) is { } refusal ? ErrorSurfaces.WriteAsync(context, refusal) : next(context));

    private static Error? Refuse(HttpContext context)
    {
        if (context.Request.ContentType is not { } type) return null;
        var described = context.GetEndpoint()?.Metadata.GetOrderedMetadata<BodyPart>();
        if (described is not { Count: > 0 } || Includes(described, type) || !HasBody(context)) return null;
        return BadRequests.MediaType([.. described.Select(body => body.ContentType)]);
    }

    private static bool Includes(IReadOnlyList<BodyPart> described, string type)
    {
        var end = type.IndexOf(';', StringComparison.Ordinal);
        var bare = (end < 0 ? type : type.AsSpan(0, end)).Trim();
        foreach (var body in described)
            if (bare.Equals(body.ContentType, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    private static bool HasBody(HttpContext context) =>
        context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? context.Request.ContentLength is not 0;
}
