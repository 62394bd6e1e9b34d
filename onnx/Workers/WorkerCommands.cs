using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;

namespace Platform.Onnx.Workers;

/// <summary>What a service tells its worker.</summary>
internal enum WorkerCommand : byte
{
    /// <summary>Load the model: the first.</summary>
    Load,

    /// <summary>Take up a channel.</summary>
    Open,

    /// <summary>Let a channel go.</summary>
    Close,

    /// <summary>Stop a run.</summary>
    Stop,
}

/// <summary>The first command, and the answer to it.</summary>
internal static class LoadMessages
{
    public static void Write(BinaryWriter writer, string path, SessionSettings settings, ChannelSizes sizes)
    {
        writer.Write((byte)WorkerCommand.Load);
        writer.Write(path);
        writer.Write(sizes.RequestBytes);
        writer.Write(sizes.AnswerBytes);
        writer.Write(settings.Threads);
        writer.Write(settings.MaxOutputBytes);
        writer.Write(settings.Providers.Count);
        foreach (var provider in settings.Providers) Write(writer, provider);
    }

    public static (string Path, SessionSettings Settings, ChannelSizes Sizes) Read(BinaryReader reader)
    {
        if (reader.ReadByte() != (byte)WorkerCommand.Load) throw new InvalidDataException("A worker's first command loads a model.");
        var (path, sizes) = (reader.ReadString(), new ChannelSizes(reader.ReadInt64(), reader.ReadInt64()));
        var (threads, maxOutputBytes) = (reader.ReadInt32(), reader.ReadInt64());
        return (path, new SessionSettings { Threads = threads, MaxOutputBytes = maxOutputBytes, Providers = reader.ReadMany(ReadProvider) }, sizes);
    }

    public static void WriteLoaded(BinaryWriter writer, ModelSession session)
    {
        writer.Write("");
        writer.Write(session.Provider);
        writer.WriteTexts(session.PassedOver);
        foreach (var tensors in new[] { session.Signature.Inputs, session.Signature.Outputs, session.Signature.OptionalInputs })
        {
            writer.Write(tensors.Count);
            foreach (var tensor in tensors) Write(writer, tensor);
        }
    }

    public static void WriteRefused(BinaryWriter writer, string reason) => writer.Write(reason);

    /// <exception cref="ModelLoadException">The worker could not load it.</exception>
    public static WorkerModel ReadLoaded(BinaryReader reader)
    {
        if (reader.ReadString() is { Length: > 0 } reason) throw new ModelLoadException(reason);
        var (provider, passedOver) = (reader.ReadString(), reader.ReadTexts());
        var (inputs, outputs, optional) = (reader.ReadMany(ReadTensor), reader.ReadMany(ReadTensor), reader.ReadMany(ReadTensor));
        return new WorkerModel(new ModelSignature(inputs, outputs) { OptionalInputs = optional }, provider, passedOver);
    }

    private static void Write(BinaryWriter writer, ExecutionProvider provider)
    {
        writer.Write(provider.Name);
        writer.Write(provider.DeviceId);
        writer.Write(provider.MemoryLimitBytes ?? 0);
        writer.WriteTexts([.. provider.Options.SelectMany(option => new[] { option.Key, option.Value })]);
    }

    private static ExecutionProvider ReadProvider(BinaryReader reader) => new(reader.ReadString())
    {
        DeviceId = reader.ReadInt32(),
        MemoryLimitBytes = reader.ReadInt64() is > 0 and var bytes ? bytes : null,
        Options = reader.ReadTexts().Chunk(2).ToDictionary(option => option[0], option => option[1]),
    };

    private static void Write(BinaryWriter writer, TensorSpec tensor)
    {
        writer.Write(tensor.Name);
        writer.Write((byte)tensor.Datatype);
        writer.Write(tensor.Shape.Count);
        foreach (var size in tensor.Shape) writer.Write(size);
        writer.WriteTexts(tensor.Symbols);
    }

    private static TensorSpec ReadTensor(BinaryReader reader) => new(
        reader.ReadString(), (Datatype)Math.Min(reader.ReadByte(), (byte)Datatype.Bytes), reader.ReadMany(item => item.ReadInt64()), reader.ReadTexts());
}

/// <summary>A model as a worker has loaded it.</summary>
internal sealed record WorkerModel(ModelSignature Signature, string Provider, IReadOnlyList<string> PassedOver);

/// <summary>Addresses that either side of a channel's tensors may have; memory is taken as it is used.</summary>
internal sealed record ChannelSizes(long RequestBytes, long AnswerBytes)
{
    // The outputs of a run take twice their bytes at most, by the rounding of their places, and once more while one of them grows.
    private const int Growth = 4;
    private const long LargestRequest = 4L << 30;

    public static ChannelSizes Of(SessionSettings settings) => new(LargestRequest, Growth * Math.Max(16 << 20, settings.MaxOutputBytes));
}
