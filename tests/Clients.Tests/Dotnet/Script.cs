using System.Net;
using System.Text;

namespace Platform.Clients.Tests.Dotnet;

/// <summary>Answers requests as it is told, in their order. Null is a connection that breaks.</summary>
internal sealed class Script(params HttpResponseMessage?[] answers) : HttpMessageHandler
{
    public List<(HttpMethod Method, string Path, Dictionary<string, string> Headers)> Seen { get; } = [];

    public static HttpResponseMessage Json(string body, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    public static HttpResponseMessage Busy() => Json("""{"detail":"busy","code":"inference.busy"}""", HttpStatusCode.ServiceUnavailable);

    public static HttpResponseMessage Events(params long[] numbers) => new(HttpStatusCode.OK)
    {
        Content = new StringContent(": open\n\n" + string.Concat(numbers.Select(number =>
            $"id: {number}\nevent: registry.model-promoted.v1\ndata: {{\"sequence\":{number},\"type\":\"registry.model-promoted.v1\",\"model\":\"m\",\"at\":\"2026-01-15T09:30:00Z\",\"data\":{{}}}}\n\n")),
            Encoding.UTF8, "text/event-stream"),
    };

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Seen.Add((request.Method, request.RequestUri!.PathAndQuery, request.Headers.ToDictionary(header => header.Key, header => header.Value.First())));
        return answers[Seen.Count - 1] is { } answer
            ? Task.FromResult(answer)
            : throw new HttpRequestException("It broke.");
    }
}
