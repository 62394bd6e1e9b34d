using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;

namespace Platform.Hosting.Http;

/// <summary>
/// Answers are compressed for whoever takes that (<c>Accept-Encoding: br</c> or <c>gzip</c>): a list of windows is megabytes of
/// digits. Not where an answer is known to be small, on routes that see to it themselves, or event streams and files.
/// </summary>
public static class Compression
{
    private static readonly string[] Types = [.. ResponseCompressionDefaults.MimeTypes, "application/problem+json", "application/x-ndjson"];

    /// <summary>Leaves the answers of these routes as they are.</summary>
    public static TBuilder WithoutCompression<TBuilder>(this TBuilder routes) where TBuilder : IEndpointConventionBuilder =>
        routes.WithMetadata(Uncompressed.Instance);

    internal static void AddPlatformCompression(this IServiceCollection services)
    {
        services.AddResponseCompression(options =>
        {
            // No answer here mixes a secret with what an attacker sends.
            options.EnableForHttps = true;
            options.MimeTypes = Types;
        });
        services.Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
        services.AddSingleton<IResponseCompressionProvider, LargeAnswers>();
    }

    /// <summary>After routing.</summary>
    internal static void UsePlatformCompression(this WebApplication app) =>
        app.UseWhen(context => !IsLeftAlone(context), compressed => compressed.UseResponseCompression());

    /// <summary>Whether the answer's coding, if it has one, is the endpoint's own.</summary>
    internal static bool IsLeftAlone(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<Uncompressed>() is not null;

    private sealed class Uncompressed
    {
        public static Uncompressed Instance { get; } = new();
    }

    private sealed class LargeAnswers(IServiceProvider services, IOptions<ResponseCompressionOptions> options)
        : ResponseCompressionProvider(services, options)
    {
        // Fits into one packet either way.
        private const int Small = 1 << 10;

        public override bool ShouldCompressResponse(HttpContext context) =>
            !(context.Response.ContentLength < Small) && base.ShouldCompressResponse(context);
    }
}
