using Platform.Inference.Grpc.Messages;
using Platform.Inference.Server;

namespace Platform.Inference.Grpc;

/// <summary>Metadata in protobuf.</summary>
internal static class MetadataMessages
{
    public static ServerMetadataResponse Of(ServerDescription server) =>
        new() { Name = server.Name, Version = server.Version, Extensions = { server.Extensions } };

    /// <summary>What the protocol has no field for stays out.</summary>
    public static ModelMetadataResponse Of(ModelMetadata model) => new()
    {
        Name = model.Name,
        Versions = { model.Versions },
        Platform = model.Platform,
        Inputs = { model.Inputs.Select(Of) },
        Outputs = { model.Outputs.Select(Of) },
    };

    private static ModelMetadataResponse.Types.TensorMetadata Of(TensorMetadata tensor) =>
        new() { Name = tensor.Name, Datatype = tensor.Datatype, Shape = { tensor.Shape } };
}
