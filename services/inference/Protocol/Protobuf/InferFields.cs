namespace Platform.Inference.Protocol.Protobuf;

/// <summary>
/// Field numbers of ModelInferRequest and ModelInferResponse (Open Inference Protocol v2 over gRPC; Grpc/inference.proto), which are read
/// and written here without objects in between.
/// </summary>
internal static class InferFields
{
    public const int ModelName = 1;
    public const int ModelVersion = 2;
    public const int Id = 3;
    public const int Parameters = 4;
    public const int Inputs = 5;
    public const int WantedOutputs = 6;
    public const int RawInputs = 7;

    public const int Outputs = 5;
    public const int RawOutputs = 6;

    /// <summary>Of a tensor, and of a wanted output.</summary>
    public const int TensorName = 1;
    public const int TensorDatatype = 2;
    public const int TensorShape = 3;
    public const int TensorParameters = 4;
    public const int TensorContents = 5;
    public const int WantedParameters = 2;

    /// <summary>Of an entry of a map.</summary>
    public const int Key = 1;
    public const int Value = 2;

    /// <summary>Of InferParameter.</summary>
    public const int Bool = 1;
    public const int Int64 = 2;
    public const int String = 3;
    public const int Double = 4;
    public const int UInt64 = 5;
}
