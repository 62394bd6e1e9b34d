using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Platform.TestKit;

namespace Platform.Inference.Tests.Jobs;

/// <summary>Jobs as a caller over HTTP sees them.</summary>
internal static class JobClient
{
    public const string Row = """{"inputs":[{"name":"x","shape":[1,3],"datatype":"FP32","data":[1,2,3]}]}""";

    /// <summary>For <c>TinyModels.Slow</c>: a run that only its time limit ends.</summary>
    public const string Endless =
        """{"inputs":[{"name":"x","shape":[1],"datatype":"FP32","data":[1]},{"name":"rounds","shape":[1],"datatype":"INT64","data":[1000000000000]}]}""";

    /// <summary>For <c>TinyModels.Slow</c>: a run that is over at once.</summary>
    public const string Quick =
        """{"inputs":[{"name":"x","shape":[1],"datatype":"FP32","data":[1]},{"name":"rounds","shape":[1],"datatype":"INT64","data":[1]}]}""";

    public static Task<HttpResponseMessage> SubmitAsync(
        this HttpClient http, string model, string body, string? key = null, string query = "", string? predictionId = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/models/{model}/jobs{query}")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        if (predictionId is not null) request.Headers.Add("x-prediction-id", predictionId);
        return http.SendAsync(request);
    }

    /// <summary>Submits a job that must be accepted, and answers its id.</summary>
    public static async Task<string> AcceptedAsync(this HttpClient http, string model, string body, string? key = null, string query = "") =>
        (string)(await http.SubmitAsync(model, body, key, query).JsonAsync(HttpStatusCode.Accepted))["id"]!;

    public static Task<JsonNode> JobAsync(this HttpClient http, string id) => http.GetAsync($"/v1/jobs/{id}").JsonAsync();

    /// <summary>Waits until the job is as the test wants it.</summary>
    public static Task<JsonNode> JobAsync(this HttpClient http, string id, Func<JsonNode, bool> condition, string what) => Eventually.ValueAsync(
        async () => await http.JobAsync(id) is var job && condition(job) ? job : null, what);

    public static Task<JsonNode> JobAsync(this HttpClient http, string id, string state) =>
        http.JobAsync(id, job => (string?)job["state"] == state, $"job {id} is {state}");
}
