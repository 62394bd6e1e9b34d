using System.Globalization;
using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using System.Text;
using Google.Protobuf;
using Platform.Bench.Load;
using Platform.Inference.Grpc.Messages;

namespace Platform.Bench.Serving;

/// <summary>One row of the serving table: a model and the form of its request body.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Model">The model's name and file.</param>
/// <param name="Body">One row in the Open Inference Protocol v2, or its JSON part when binary.</param>
/// <param name="JsonLength">Length of the JSON part of a binary body; null for plain JSON.</param>
/// <param name="AtLeast">The share of the limit that must be reached.</param>
/// <param name="Aim">The share of the limit that is aimed at.</param>
internal sealed record Cell(string Name, string Model, byte[] Body, int? JsonLength, double AtLeast, double Aim)
{
    public static IReadOnlyList<Cell> All { get; } =
    [
        Json("tabular 20-64-32-2, JSON", "tabular", "FP32", [1, 20], Floats(20), 0.6, 0.8),
        Json("convolutional 3x32x32, JSON", "convolutional", "FP32", [1, 3, 32, 32], Floats(3072), 0.5, 0.7),
        Json("convolutional 3x32x32, JSON as Python writes it", "convolutional", "FP32", [1, 3, 32, 32], Doubles(3072), 0.5, 0.7),
        Binary("convolutional 3x32x32, binary", "convolutional", [1, 3, 32, 32], 3072, 0.75, 0.9),
        Call("convolutional 3x32x32, gRPC", "convolutional", [1, 3, 32, 32], 3072, 0.8, 0.9),
        Json("transformer 2x128, 128 tokens, JSON", "transformer", "INT64", [1, 128], Tokens(128), 0.93, 0.97),
        Call("tabular 20-64-32-2, gRPC", "tabular", [1, 20], 20, 0.6, 0.8),
    ];

    /// <summary>The first of them with its twenty features by name instead of a tensor.</summary>
    public static Cell Named { get; } = new("tabular 20-64-32-2, JSON by feature name", "tabular", Encoding.UTF8.GetBytes(
        $$"""{"rows":[{ {{string.Join(',', Floats(20).Select((value, i) => $"\"input[{i}]\":{value}"))}} }]}"""), null, 0, 0) { IsByName = true };

    public const string Grpc = "application/grpc";

    private const string GrpcPath = "/inference.GRPCInferenceService/ModelInfer";

    /// <summary>The shape of the request's only input, whose raw content the body is, where it goes as a call of gRPC; null where it does not.</summary>
    private long[]? CallShape { get; init; }

    /// <summary>Whether it goes as a call of gRPC.</summary>
    public bool IsCall => CallShape is not null;

    /// <summary>Whether its body is rows by feature name.</summary>
    public bool IsByName { get; private init; }

    public string ContentType => IsCall ? Grpc : JsonLength is null ? "application/json" : "application/octet-stream";

    /// <summary>The infer request, to the model itself or to its twin without prediction log.</summary>
    public WireRequest Request(bool logged = true) => IsCall
        ? WireRequest.Call(GrpcPath, Message(logged))
        : WireRequest.Post(Path(logged), Body, ContentType, JsonLength);

    /// <summary>The same request to another model.</summary>
    public WireRequest RequestTo(string model) => WireRequest.Post($"/v2/models/{model}/infer", Body, ContentType, JsonLength);

    /// <summary>Where the request goes.</summary>
    public string Path(bool logged = true) => IsCall ? GrpcPath : $"/v2/models/{NameOf(logged)}/infer";

    /// <summary>The request's body for an ordinary client.</summary>
    public HttpContent Content()
    {
        var content = new ByteArrayContent(IsCall ? Message(logged: true) : Body) { Headers = { ContentType = new MediaTypeHeaderValue(ContentType) } };
        if (JsonLength is { } length) content.Headers.Add("Inference-Header-Content-Length", $"{length}");
        return content;
    }

    private static Cell Json(string name, string model, string datatype, long[] shape, IEnumerable<string> values, double atLeast, double aim) =>
        new(name, model, Encoding.UTF8.GetBytes(
                $$"""{"inputs":[{"name":"input","datatype":"{{datatype}}","shape":[{{string.Join(',', shape)}}],"data":[{{string.Join(',', values)}}]}]}"""),
            null, atLeast, aim);

    private static Cell Binary(string name, string model, long[] shape, int count, double atLeast, double aim)
    {
        var random = new Random(1);
        var values = Enumerable.Range(0, count).Select(_ => (float)Math.Round(random.NextDouble(), 6)).ToArray();
        var json = Encoding.UTF8.GetBytes(
            $$$"""{"inputs":[{"name":"input","datatype":"FP32","shape":[{{{string.Join(',', shape)}}}],"parameters":{"binary_data_size":{{{4 * count}}}}}],"parameters":{"binary_data_output":true}}""");
        return new Cell(name, model, [.. json, .. MemoryMarshal.AsBytes(values.AsSpan())], json.Length, atLeast, aim);
    }

    private static Cell Call(string name, string model, long[] shape, int count, double atLeast, double aim)
    {
        var binary = Binary(name, model, shape, count, atLeast, aim);
        return binary with { Body = binary.Body[binary.JsonLength!.Value..], JsonLength = null, CallShape = shape };
    }

    private string NameOf(bool logged) => logged ? Model : Model + Deployment.UnloggedSuffix;

    /// <summary>The message with its length before it.</summary>
    private byte[] Message(bool logged)
    {
        var request = new ModelInferRequest { ModelName = NameOf(logged) };
        request.Inputs.Add(new ModelInferRequest.Types.InferInputTensor { Name = "input", Datatype = "FP32", Shape = { CallShape } });
        request.RawInputContents.Add(ByteString.CopyFrom(Body));
        var message = request.ToByteArray();
        return [0, (byte)(message.Length >> 24), (byte)(message.Length >> 16), (byte)(message.Length >> 8), (byte)message.Length, .. message];
    }

    /// <summary>In as many digits as an FP32 needs.</summary>
    private static IEnumerable<string> Floats(int count)
    {
        var random = new Random(1);
        return Enumerable.Range(0, count).Select(_ => random.NextSingle().ToString(CultureInfo.InvariantCulture)).ToArray();
    }

    /// <summary>As NumPy's <c>tolist()</c> has FP32 printed: in the digits of a double, twice as many as an FP32 needs.</summary>
    private static IEnumerable<string> Doubles(int count)
    {
        var random = new Random(1);
        return Enumerable.Range(0, count).Select(_ => ((double)random.NextSingle()).ToString(CultureInfo.InvariantCulture)).ToArray();
    }

    private static IEnumerable<string> Tokens(int count)
    {
        var random = new Random(1);
        return Enumerable.Range(0, count).Select(_ => random.Next(400).ToString(CultureInfo.InvariantCulture)).ToArray();
    }
}
