using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Platform.Hosting.Storage;

namespace Platform.SampleDriver.Client;

/// <summary>Where the samples find the first key, with which they make one of their own, and where they keep that.</summary>
/// <param name="Bootstrap">The first key's file.</param>
/// <param name="Own">The file of their own key.</param>
internal sealed record SampleKeyFiles(string Bootstrap, string Own);

/// <summary>
/// The samples' key, which allows what they do and no more. It is made at the first time; whoever revokes it ends their traffic.
/// </summary>
internal sealed class SampleKey(SampleKeyFiles files) : DelegatingHandler
{
    private static readonly string[] Permissions = ["observe", "infer", "label", "register", "promote"];
    private static readonly SemaphoreSlim Making = new(1);

    private string? _key;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = Bearer(_key ??= await ReadAsync(request.RequestUri!, cancellationToken));
        return await base.SendAsync(request, cancellationToken);
    }

    private async Task<string> ReadAsync(Uri platform, CancellationToken cancellationToken)
    {
        await Making.WaitAsync(cancellationToken);
        try
        {
            return File.Exists(files.Own) ? (await File.ReadAllTextAsync(files.Own, cancellationToken)).Trim() : await MakeAsync(platform, cancellationToken);
        }
        finally
        {
            Making.Release();
        }
    }

    private async Task<string> MakeAsync(Uri platform, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(platform, "/v1/keys"));
        request.Headers.Authorization = Bearer((await File.ReadAllTextAsync(files.Bootstrap, cancellationToken)).Trim());
        request.Content = JsonContent.Create(new { name = PlatformClient.Actor, permissions = Permissions.Select(permission => new { permission }) });
        using var answer = await base.SendAsync(request, cancellationToken);
        if (answer.StatusCode != HttpStatusCode.Created)
            throw new HttpRequestException($"The samples got no key of their own: {await answer.Content.ReadAsStringAsync(cancellationToken)}", null, answer.StatusCode);
        var key = (string)(await answer.Content.ReadFromJsonAsync<JsonNode>(cancellationToken))!["key"]!;
        using var text = SecretText.Prepare(files.Own, key);
        text.Keep();
        return key;
    }

    private static AuthenticationHeaderValue Bearer(string key) => new("Bearer", key);
}
