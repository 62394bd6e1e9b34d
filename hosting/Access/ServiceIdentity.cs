using System.Net.Http.Headers;

namespace Platform.Hosting.Access;

/// <summary>Lets an HTTP client of a service say which one asks.</summary>
public static class ServiceIdentity
{
    /// <summary>Every request of the client that says nothing else carries this process's identity.</summary>
    public static IHttpClientBuilder AddServiceIdentity(this IHttpClientBuilder client) =>
        client.AddHttpMessageHandler(provider => new Handler(provider.GetRequiredService<ServiceTokens>()));

    private sealed class Handler(ServiceTokens tokens) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (tokens.Issue() is { } token) request.Headers.Authorization ??= new AuthenticationHeaderValue("Bearer", token);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
