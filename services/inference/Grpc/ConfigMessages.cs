using Messages = Platform.Inference.Grpc.Messages;

namespace Platform.Inference.Grpc;

/// <summary>A configuration in protobuf. What the protocol has no field for stays out.</summary>
internal static class ConfigMessages
{
    public static Messages.ModelConfig Of(Server.ModelConfig config) => new()
    {
        Name = config.Name,
        Platform = config.Platform,
        Backend = config.Backend,
        MaxBatchSize = config.MaxBatchSize,
        Input = { config.Input.Select(Input) },
        Output = { config.Output.Select(Output) },
        InstanceGroup = { config.InstanceGroup.Select(Of) },
        DefaultModelFilename = config.DefaultModelFilename,
        DynamicBatching = config.DynamicBatching is { } batching ? Of(batching) : null,
    };

    private static Messages.ModelInput Input(Server.ConfigTensor tensor) =>
        new() { Name = tensor.Name, DataType = TypeOf(tensor), Dims = { tensor.Dims }, Optional = tensor.Optional };

    private static Messages.ModelOutput Output(Server.ConfigTensor tensor) =>
        new() { Name = tensor.Name, DataType = TypeOf(tensor), Dims = { tensor.Dims } };

    private static Messages.ModelInstanceGroup Of(Server.InstanceGroup group) => new()
    {
        Name = group.Name,
        Count = group.Count,
        Kind = group.Kind == "KIND_CPU" ? Messages.ModelInstanceGroup.Types.Kind.Cpu : Messages.ModelInstanceGroup.Types.Kind.Gpu,
    };

    private static Messages.ModelDynamicBatching Of(Server.DynamicBatching batching) => new()
    {
        PreferredBatchSize = { batching.PreferredBatchSize },
        MaxQueueDelayMicroseconds = (ulong)batching.MaxQueueDelayMicroseconds,
        PriorityLevels = (ulong)batching.PriorityLevels,
        DefaultPriorityLevel = (ulong)batching.DefaultPriorityLevel,
        DefaultQueuePolicy = new() { MaxQueueSize = (uint)batching.DefaultQueuePolicy.MaxQueueSize },
    };

    // TYPE_FP32 is Fp32 in the generated code.
    private static Messages.DataType TypeOf(Server.ConfigTensor tensor) =>
        Enum.Parse<Messages.DataType>($"Type{tensor.DataType["TYPE_".Length..]}", ignoreCase: true);
}
