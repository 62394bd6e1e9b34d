using System.Globalization;
using Platform.Hosting.Http;

namespace Platform.Inference.Predictions;

/// <summary>The headers of an infer request and its reply.</summary>
internal static class PredictionHeaders
{
    public const string PredictionId = "x-prediction-id";
    public const string ModelVersion = "x-model-version";
    public const string Route = "x-route";
    public const string RouteKey = "x-route-key";
    public const string JsonLength = "Inference-Header-Content-Length";

    /// <summary>
    /// The caller's id for the prediction; without one, that of the request where it was made here too, else a new one. False
    /// when the caller's cannot be kept.
    /// </summary>
    public static bool TryTakePredictionId(HttpContext context, TimeProvider time, out string id)
    {
        var headers = context.Request.Headers;
        if (headers.TryGetValue(PredictionId, out var given))
        {
            id = given.ToString();
            return RequestIds.IsWellFormed(id);
        }

        id = headers.ContainsKey(RequestIds.Header) ? RequestIds.Create(time) : context.GetRequestId();
        return true;
    }

    /// <summary>The caller's key for a sticky split; null when it sent none.</summary>
    public static string? RouteKeyOf(IHeaderDictionary headers) => headers.TryGetValue(RouteKey, out var key) ? key.ToString() : null;

    /// <summary>The role that the caller asks for where several versions share the requests; null when it asks for none.</summary>
    public static string? RoleOf(IHeaderDictionary headers) => headers.TryGetValue(Route, out var role) ? role.ToString() : null;

    /// <summary>How much of the body is JSON, null when the caller does not say; false when what it says is no length.</summary>
    public static bool TryReadJsonLength(IHeaderDictionary headers, out int? length)
    {
        length = null;
        var given = headers[JsonLength];
        if (given.Count == 0) return true;
        if (!int.TryParse(given.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var value)) return false;
        length = value;
        return true;
    }
}
