using System.Text;
using Platform.Contracts.Registry;
using Platform.Inference.Protocol;
using Platform.Inference.Rows;
using Platform.Inference.Tests.Protocol;
using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;

namespace Platform.Inference.Tests.Rows;

/// <summary>A model of mixed features, and the reader called as the service calls it.</summary>
internal sealed class RowSchemas
{
    /// <summary>Three numbers, the second a category; then two texts, the second a category; then a whole number.</summary>
    public static RowSchemas Mixed { get; } = new(
        [
            new() { Name = "age" },
            new() { Name = "purpose", Kind = "categorical", Categories = ["car", "tv"] },
            new() { Name = "savings" },
            new() { Name = "job", Kind = "text", Input = "texts" },
            new() { Name = "home", Kind = "categorical", Categories = ["own", "rent"], Input = "texts" },
            new() { Name = "loans", Input = "wholes" },
        ],
        Schemas.Tensor("numbers", Datatype.FP32, -1, 3), Schemas.Tensor("texts", Datatype.Bytes, -1, 2), Schemas.Tensor("wholes", Datatype.Int64, -1));

    /// <summary>A row with which nothing is wrong, in the order of the model.</summary>
    public const string Good = """{"age":44,"purpose":"car","savings":1.5,"job":"clerk","home":"rent","loans":2}""";

    public RowSchemas(IReadOnlyList<FeatureDefinition>? features, params TensorSpec[] inputs)
    {
        Requests = Schemas.Of(inputs);
        Rows = new(new VersionMetadata { Features = features }, Requests);
    }

    public RequestSchema Requests { get; }

    public RowSchema Rows { get; }

    public InferRequest Read(string body)
    {
        var request = new InferRequest(Requests);
        var refusal = RowsReader.Read(Encoding.UTF8.GetBytes(body), Rows, request);
        Assert.True(refusal is null, refusal?.Malformed ?? string.Join(' ', refusal?.Fields ?? new Dictionary<string, string[]>()));
        return request;
    }

    public RowRefusal Refuse(string body) => Refuse(Encoding.UTF8.GetBytes(body));

    public RowRefusal Refuse(byte[] body)
    {
        var refusal = RowsReader.Read(body, Rows, new InferRequest(Requests));
        Assert.NotNull(refusal);
        return refusal;
    }

    /// <summary>What is wrong by field.</summary>
    public Dictionary<string, string> Problems(string body) =>
        Refuse(body).Fields!.ToDictionary(field => field.Key, field => Assert.Single(field.Value));

    public static string Body(params string[] rows) => $$"""{"rows":[{{string.Join(',', rows)}}]}""";
}
