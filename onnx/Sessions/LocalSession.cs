using Microsoft.ML.OnnxRuntime;

namespace Platform.Onnx.Sessions;

/// <summary>A model in this process.</summary>
internal sealed class LocalSession : ModelSession
{
    private readonly InferenceSession _session;
    private readonly long _maxOutputBytes;

    private LocalSession(
        InferenceSession session, ModelSignature signature, string provider, IReadOnlyList<string> passedOver, long maxOutputBytes)
    {
        (_session, _maxOutputBytes) = (session, maxOutputBytes);
        Signature = signature;
        Provider = provider;
        PassedOver = passedOver;
    }

    public override ModelSignature Signature { get; }

    public override string Provider { get; }

    public override IReadOnlyList<string> PassedOver { get; }

    public static LocalSession Open(string path, SessionSettings settings)
    {
        NativeHeap.MapLargeBlocks();
        try
        {
            var (session, provider, passedOver) = SessionFactory.Open(path, settings);
            NativeHeap.TrimSoon(); // reading the file took as much again as the model keeps
            return Own(session, provider, passedOver, settings.MaxOutputBytes);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new ModelLoadException(RuntimeMessage.Clean(exception, path), exception);
        }
        catch (InvalidDataException exception)
        {
            throw new ModelLoadException($"Its bundle cannot be read: {exception.Message}.", exception);
        }
    }

    public override ModelRunner CreateRunner() => new LocalRunner(_session, Signature, Provider == ExecutionProvider.Cpu, _maxOutputBytes);

    public override void Dispose()
    {
        _session.Dispose();
        NativeHeap.TrimSoon();
    }

    private static LocalSession Own(InferenceSession session, string provider, IReadOnlyList<string> passedOver, long maxOutputBytes)
    {
        try
        {
            return new LocalSession(session, SignatureReader.Read(session), provider, passedOver, maxOutputBytes);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }
}
