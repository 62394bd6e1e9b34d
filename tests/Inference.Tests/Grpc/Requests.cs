using System.Runtime.InteropServices;
using Google.Protobuf;
using Platform.Inference.Grpc.Messages;

namespace Platform.Inference.Tests.Grpc;

/// <summary>Infer requests.</summary>
internal static class Requests
{
    public static ModelInferRequest Raw<T>(string model, string datatype, long[] shape, params T[] elements) where T : unmanaged
    {
        var request = new ModelInferRequest { ModelName = model, Inputs = { Input(datatype, shape) } };
        request.RawInputContents.Add(ByteString.CopyFrom(MemoryMarshal.AsBytes<T>(elements)));
        return request;
    }

    public static ModelInferRequest Typed(string model, string datatype, long[] shape, InferTensorContents contents, string input = "x")
    {
        var tensor = Input(datatype, shape, input);
        tensor.Contents = contents;
        return new ModelInferRequest { ModelName = model, Inputs = { tensor } };
    }

    /// <summary>One row for the model "linear".</summary>
    public static ModelInferRequest Row(string id = "") =>
        new(Typed("linear", "FP32", [1, 3], new InferTensorContents { Fp32Contents = { 1, 2, 3 } })) { Id = id };

    private static ModelInferRequest.Types.InferInputTensor Input(string datatype, long[] shape, string name = "x") => new() { Name = name, Datatype = datatype, Shape = { shape } };
}
