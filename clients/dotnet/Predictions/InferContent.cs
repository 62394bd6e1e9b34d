using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Client.Tensors;
using Platform.Client.Transport;

namespace Platform.Client.Predictions;

/// <summary>Requests and answers of the Open Inference Protocol in its binary form: JSON, then the elements of each tensor.</summary>
internal static class InferContent
{
    private const string LengthHeader = "Inference-Header-Content-Length";

    public static HttpContent Write(IReadOnlyList<Tensor> inputs)
    {
        var head = JsonSerializer.SerializeToUtf8Bytes(new JsonObject
        {
            ["inputs"] = new JsonArray([.. inputs.Select(TensorJson.WriteHead)]),
            ["parameters"] = new JsonObject { ["binary_data_output"] = true },
        }, ClientJson.Default.JsonObject);
        var body = new byte[head.Length + inputs.Sum(input => (long)input.Raw.Length)];
        head.CopyTo(body, 0);
        var at = head.Length;
        foreach (var input in inputs)
        {
            input.Raw.Span.CopyTo(body.AsSpan(at));
            at += input.Raw.Length;
        }

        return new ByteArrayContent(body)
        {
            Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") },
        }.With(LengthHeader, $"{head.Length}");
    }

    public static async Task<Inference> ReadAsync(HttpResponseMessage response, string model, string id, CancellationToken cancellationToken)
    {
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        var at = Header(response, LengthHeader) is { } length ? int.Parse(length) : body.Length;
        var head = JsonNode.Parse(body.AsSpan(0, at))!.AsObject();
        var outputs = new Dictionary<string, Tensor>();
        foreach (var output in head["outputs"]!.AsArray().Select(output => output!.AsObject()))
        {
            var tensor = output["parameters"]?["binary_data_size"] is { } size ? Raw(output, body.AsMemory(at, size.GetValue<int>())) : TensorJson.Read(output);
            if (!output.ContainsKey("data")) at += tensor.Raw.Length;
            outputs[tensor.Name] = tensor;
        }

        return new Inference(model, Header(response, PredictionIds.VersionHeader) ?? "", Header(response, PredictionIds.Header) ?? id, outputs);
    }

    private static Tensor Raw(JsonObject output, ReadOnlyMemory<byte> elements)
    {
        var (name, datatype, shape) = TensorJson.Describe(output);
        return new Tensor(name, datatype, shape, elements);
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) || response.Content.Headers.TryGetValues(name, out values) ? values.First() : null;

    private static HttpContent With(this HttpContent content, string name, string value)
    {
        content.Headers.TryAddWithoutValidation(name, value);
        return content;
    }
}
