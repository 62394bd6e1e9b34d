using Platform.Onnx.Children;
using Platform.Onnx.Pipelines;
using Platform.Onnx.Sessions;

namespace Platform.Onnx.Workers;

/// <summary>The worker's side: loads a model and serves the channels that it is told of, each on a thread of its own.</summary>
internal sealed class WorkerRole : IChildRole
{
    private readonly Dictionary<int, WorkerPlace> _places = [];

    public void Run(Stream input, Stream output)
    {
        if (Frame.Read(input) is not { } first) return;
        var (path, settings, sizes) = LoadMessages.Read(first);
        using var session = Load(path, settings, output);
        if (session is null) return;
        while (Frame.Read(input) is { } command) Obey(command, session, sizes);
    }

    /// <summary>Null where it cannot be loaded, which the service has been told.</summary>
    private static ModelSession? Load(string path, SessionSettings settings, Stream output)
    {
        try
        {
            var session = ModestThread.RunAsync(() => ModelFile.Load(path, settings)).GetAwaiter().GetResult();
            Frame.Write(output, writer => LoadMessages.WriteLoaded(writer, session));
            return session;
        }
        catch (ModelLoadException exception)
        {
            Frame.Write(output, writer => LoadMessages.WriteRefused(writer, exception.Message));
            return null;
        }
    }

    private void Obey(BinaryReader command, ModelSession session, ChannelSizes sizes)
    {
        var (kind, slot) = ((WorkerCommand)command.ReadByte(), command.ReadInt32());
        switch (kind)
        {
            case WorkerCommand.Open: _places[slot] = WorkerPlace.Open(command.ReadString(), sizes, session); break;
            case WorkerCommand.Stop: _places.GetValueOrDefault(slot)?.Stop(command.ReadInt32()); break;
            case WorkerCommand.Close when _places.Remove(slot, out var place): place.Close(); break;
        }
    }
}
