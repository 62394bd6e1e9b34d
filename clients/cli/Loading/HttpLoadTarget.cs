using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Platform.Client.Transport;

namespace Platform.Cli.Loading;

/// <summary>Requests over HTTP/1.1, each of the same bytes.</summary>
internal sealed class HttpLoadTarget : ILoadTarget
{
    private readonly HttpClient _http;
    private readonly Uri _path;
    private readonly byte[] _body;
    private readonly HttpContentHeaders _headers;

    private HttpLoadTarget(LoadAddress address, Uri path, byte[] body, HttpContentHeaders headers)
    {
        _http = new HttpClient(new SocketsHttpHandler
        {
            MaxConnectionsPerServer = address.Connections, AllowAutoRedirect = false, UseCookies = false, UseProxy = false, PooledConnectionLifetime = Timeout.InfiniteTimeSpan,
        })
        { Timeout = Timeout.InfiniteTimeSpan };
        if (address.Key is { } key) _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        (_path, _body, _headers) = (path, body, headers);
    }

    public static async Task<HttpLoadTarget> CreateAsync(LoadAddress address, HttpContent content)
    {
        using (content)
        {
            var path = new Uri(address.Url, $"/v2/{Paths.Model(address.Model, address.Version)}/infer");
            return new HttpLoadTarget(address, path, await content.ReadAsByteArrayAsync(), content.Headers);
        }
    }

    public async Task<string?> SendAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var response = await PostAsync(cancellationToken);
            await response.Content.CopyToAsync(Stream.Null, cancellationToken);
            return response.IsSuccessStatusCode ? null : ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return "connection";
        }
    }

    public async Task TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var response = await PostAsync(cancellationToken);
            var said = await response.Content.ReadAsStringAsync(cancellationToken);
            if (!response.IsSuccessStatusCode) throw Refusals.Read(response.StatusCode, said);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw new PlatformException($"{_path} was not reached: {exception.Message}", cause: exception);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> PostAsync(CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, _path) { Version = HttpVersion.Version11, Content = new ByteArrayContent(_body) };
        foreach (var (name, values) in _headers) message.Content.Headers.TryAddWithoutValidation(name, values);
        return await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }
}
