using System.Globalization;
using Microsoft.Extensions.Options;
using Platform.Hosting.Access;
using Platform.Registry.MLflow.Protocol;

namespace Platform.Registry.MLflow.Artifacts;

/// <summary>
/// The addresses that MLflow's clients are told to send files to or fetch them from. They follow them without credentials, as they do those of
/// an object store, so each allows by itself what it is for.
/// </summary>
internal sealed class ArtifactAddresses(SignedAddresses addresses, IOptions<ArtifactOptions> options)
{
    private const string Files = "/api/2.0/mlflow-artifacts/artifacts/";
    private const string Parts = "/api/2.0/mlflow-artifacts/mpu/parts/";

    /// <param name="context">The request for the address.</param>
    /// <param name="path">The file.</param>
    /// <param name="seconds">For how long it is wanted; no longer than the options allow.</param>
    public string ToRead(HttpContext context, string path, long? seconds = null) => Sign(context, HttpMethods.Get, Files + path, seconds);

    /// <inheritdoc cref="ToRead"/>
    public string ToWrite(HttpContext context, string path, long? seconds = null) => Sign(context, HttpMethods.Put, Files + path, seconds);

    public string OfPart(HttpContext context, string upload, int number) =>
        Sign(context, HttpMethods.Put, string.Create(CultureInfo.InvariantCulture, $"{Parts}{upload}/{number}"), seconds: null);

    private string Sign(HttpContext context, string method, string path, long? seconds)
    {
        var longest = options.Value.AddressLifetime;
        var lifetime = seconds is { } wanted && wanted < longest.TotalSeconds ? TimeSpan.FromSeconds(Math.Max(1, wanted)) : longest;
        return addresses.Sign(method, ServerOf(context), path, lifetime).AbsoluteUri;
    }

    /// <summary>Where the client has reached us: the gateway says so of itself.</summary>
    private static Uri ServerOf(HttpContext context)
    {
        var headers = context.Request.Headers;
        var host = headers["X-Forwarded-Host"].ToString().OrNull() ?? context.Request.Host.Value;
        var scheme = headers["X-Forwarded-Proto"].ToString() is "https" ? "https" : context.Request.Scheme;
        return Uri.TryCreate($"{scheme}://{host}", UriKind.Absolute, out var address) ? address : throw MLflowException.Invalid("The request's host is no host.");
    }
}
