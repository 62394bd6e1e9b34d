using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Platform.Client.Tensors;
using Platform.Client.Transport;

namespace Platform.Client.Predictions;

/// <summary>
/// Predictions over HTTP. Each has an id, the caller's or a new one, by which it is sent again where there was no answer. A version is a
/// number or an alias; the champion when absent.
/// </summary>
public sealed class PredictionsClient
{
    private readonly HttpTransport _transport;

    internal PredictionsClient(HttpTransport transport) => _transport = transport;

    /// <summary>Predicts rows by feature name: <c>new JsonObject { ["age"] = 44, ["savings"] = null }</c>.</summary>
    public async Task<RowPredictions> PredictAsync(string model, IEnumerable<JsonObject> rows, string? version = null, string? predictionId = null,
        CancellationToken cancellationToken = default)
    {
        var id = predictionId ?? PredictionIds.New();
        var request = ApiRequest.Post("predict", $"/v1/{Paths.Model(model, version)}/predictions", Body(rows), model) with
        {
            Repeatable = true,
            Headers = [new(PredictionIds.Header, id)],
        };
        var answer = await _transport.ReadAsync(request, ClientJson.Default.RowAnswer, cancellationToken);
        return new RowPredictions(answer.Model, answer.Version, id, answer.Rows);
    }

    /// <summary>Predicts rows of a type of the caller's, whose members have the features' names in JSON.</summary>
    public Task<RowPredictions> PredictAsync<TRow>(string model, IEnumerable<TRow> rows, JsonTypeInfo<TRow> type, string? version = null,
        string? predictionId = null, CancellationToken cancellationToken = default) =>
        PredictAsync(model, rows.Select(row => JsonSerializer.SerializeToNode(row, type)!.AsObject()), version, predictionId, cancellationToken);

    /// <summary>Predicts tensors, in the protocol's binary form.</summary>
    public async Task<Inference> InferAsync(string model, IReadOnlyList<Tensor> inputs, string? version = null, string? predictionId = null,
        CancellationToken cancellationToken = default)
    {
        var id = predictionId ?? PredictionIds.New();
        var request = new ApiRequest("infer", HttpMethod.Post, $"/v2/{Paths.Model(model, version)}/infer")
        {
            Model = model,
            Repeatable = true,
            Headers = [new(PredictionIds.Header, id)],
            Content = () => InferContent.Write(inputs),
        };
        using var response = await _transport.SendAsync(request, cancellationToken);
        return await InferContent.ReadAsync(response, model, id, cancellationToken);
    }

    /// <summary>Asks for a prediction of rows in the background. A submission with the same key is the same job.</summary>
    public Task<PredictionJob> SubmitAsync(string model, IEnumerable<JsonObject> rows, string? version = null, string? idempotencyKey = null,
        CancellationToken cancellationToken = default) => SubmitAsync(model, Body(rows), version, idempotencyKey, cancellationToken);

    /// <summary>Asks for a prediction of tensors in the background. A submission with the same key is the same job.</summary>
    public Task<PredictionJob> SubmitAsync(string model, IReadOnlyList<Tensor> inputs, string? version = null, string? idempotencyKey = null,
        CancellationToken cancellationToken = default) =>
        SubmitAsync(model, new JsonObject { ["inputs"] = new JsonArray([.. inputs.Select(TensorJson.Write)]) }, version, idempotencyKey, cancellationToken);

    /// <summary>A job that was submitted earlier.</summary>
    public PredictionJob Job(string id) => new(_transport, id);

    private async Task<PredictionJob> SubmitAsync(string model, JsonObject body, string? version, string? key, CancellationToken cancellationToken)
    {
        var path = $"/v1/{Paths.Model(model)}/jobs{Paths.Query(("version", version))}";
        var request = ApiRequest.Post("submit", path, body, model) with { Repeatable = true, Headers = [new("Idempotency-Key", key ?? PredictionIds.New())] };
        return new PredictionJob(_transport, (await _transport.ReadAsync(request, ClientJson.Default.JobReceipt, cancellationToken)).Id);
    }

    private static JsonObject Body(IEnumerable<JsonObject> rows) => new() { ["rows"] = new JsonArray([.. rows.Select(row => row.DeepClone())]) };
}
