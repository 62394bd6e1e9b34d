using System.Text;
using Platform.Inference.Protocol;
using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;

namespace Platform.Inference.Tests.Protocol;

/// <summary>Signatures, and the codec called as the service calls it.</summary>
internal static class Schemas
{
    public static TensorSpec Tensor(string name, Datatype datatype, params long[] shape) =>
        new(name, datatype, shape, [.. shape.Select(_ => "")]);

    public static RequestSchema Of(params TensorSpec[] tensors) => new(new ModelSignature(tensors, tensors));

    public static RequestSchema Single(Datatype datatype, params long[] shape) => Of(Tensor("x", datatype, shape));

    public static InferRequest Read(this RequestSchema schema, string body)
    {
        var request = new InferRequest(schema);
        Assert.True(InferRequestReader.TryRead(Encoding.UTF8.GetBytes(body), null, request, out var problem), problem);
        return request;
    }

    public static string Refuse(this RequestSchema schema, string body) => schema.Refuse(Encoding.UTF8.GetBytes(body));

    public static string Refuse(this RequestSchema schema, byte[] body)
    {
        var request = new InferRequest(schema);
        Assert.False(InferRequestReader.TryRead(body, null, request, out var problem), "The request was accepted.");
        return problem;
    }

    /// <summary>A request with one input <c>x</c>.</summary>
    public static string Body(string datatype, string shape, string data) =>
        $$"""{"inputs":[{"name":"x","datatype":"{{datatype}}","shape":{{shape}},"data":{{data}}}]}""";
}
