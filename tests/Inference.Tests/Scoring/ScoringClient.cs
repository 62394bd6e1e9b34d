using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Parquet;
using Parquet.Schema;
using Platform.TestKit;

namespace Platform.Inference.Tests.Scoring;

/// <summary>Files that are scored, as a caller over HTTP sees them.</summary>
internal static class ScoringClient
{
    public static Task<HttpResponseMessage> ScoreAsync(this HttpClient http, string model, string file, string name = "rows.csv", string query = "") =>
        http.ScoreAsync(model, Encoding.UTF8.GetBytes(file), name, query);

    public static async Task<HttpResponseMessage> ScoreAsync(this HttpClient http, string model, byte[] file, string name, string query = "")
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(file), "data", name } };
        return await http.PostAsync($"/v1/models/{model}/scoring-jobs{query}", form);
    }

    /// <summary>Submits a file that must be accepted, and answers the job's id.</summary>
    public static async Task<string> ScoredAsync(this HttpClient http, string model, string file, string name = "rows.csv", string query = "") =>
        (string)(await http.ScoreAsync(model, file, name, query).JsonAsync(HttpStatusCode.Accepted))["id"]!;

    public static Task<JsonNode> ScoringAsync(this HttpClient http, string id) => http.GetAsync($"/v1/scoring-jobs/{id}").JsonAsync();

    /// <summary>Waits until the job is as the test wants it.</summary>
    public static Task<JsonNode> ScoringAsync(this HttpClient http, string id, Func<JsonNode, bool> condition, string what) => Eventually.ValueAsync(
        async () => await http.ScoringAsync(id) is var job && condition(job) ? job : null, $"job {id} {what}");

    /// <summary>Waits until the job has ended, as it must.</summary>
    public static async Task<JsonNode> EndedAsync(this HttpClient http, string id, string state = "succeeded")
    {
        var job = await http.ScoringAsync(id, job => job["finishedAt"] is not null, "has ended");
        Assert.True((string?)job["state"] == state, job.ToJsonString());
        return job;
    }

    public static async Task<string[]> CsvAsync(this HttpClient http, string id)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/scoring-jobs/{id}/result");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/csv"));
        using var answer = await http.SendAsync(request);
        Assert.Equal(("text/csv", HttpStatusCode.OK), (answer.Content.Headers.ContentType?.MediaType, answer.StatusCode));
        return (await answer.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>The result's columns with their cells.</summary>
    public static async Task<Dictionary<string, object?[]>> ParquetAsync(this HttpClient http, string id)
    {
        using var file = new MemoryStream(await http.GetByteArrayAsync($"/v1/scoring-jobs/{id}/result"));
        await using var reader = await ParquetReader.CreateAsync(file);
        var columns = new Dictionary<string, object?[]>();
        using var group = reader.OpenRowGroupReader(0);
        foreach (var field in reader.Schema.DataFields) columns[field.Name] = await ReadAsync(group, field);
        return columns;
    }

    public static async Task<string[]> ErrorsAsync(this HttpClient http, string id) =>
        [.. (await http.GetAsync($"/v1/scoring-jobs/{id}/errors").JsonAsync())["items"]!.AsArray().Select(Told)];

    public static string Told(JsonNode? error) => $"{error!["row"]} {error["field"]}: {error["problem"]}";

    private static async Task<object?[]> ReadAsync(ParquetRowGroupReader group, DataField field)
    {
        if (field.ClrType == typeof(double)) return await ReadAsync<double>(group, field);
        if (field.ClrType == typeof(float)) return await ReadAsync<float>(group, field);
        if (field.ClrType == typeof(long)) return await ReadAsync<long>(group, field);
        if (field.ClrType == typeof(bool)) return await ReadAsync<bool>(group, field);
        var texts = new string?[group.RowCount];
        await group.ReadAsync(field, texts!);
        return texts;
    }

    private static async Task<object?[]> ReadAsync<T>(ParquetRowGroupReader group, DataField field) where T : struct
    {
        var cells = new T?[group.RowCount];
        await group.ReadAsync<T>(field, cells);
        return [.. cells];
    }
}
