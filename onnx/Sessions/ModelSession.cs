using Microsoft.ML.OnnxRuntime;
using Platform.Onnx.Tensors;

namespace Platform.Onnx.Sessions;

/// <summary>
/// A model that is loaded and can be run, by any number of <see cref="ModelRunner"/>s at once. The caller has made sure that
/// the file is the one it means (by digest) and that it is acceptable (<see cref="Inspection.ModelInspector"/>).
/// </summary>
public sealed class ModelSession : IDisposable
{
    private readonly InferenceSession _session;
    private readonly long _maxOutputBytes;

    private ModelSession(
        InferenceSession session, ModelSignature signature, string provider, IReadOnlyList<string> passedOver, long maxOutputBytes)
    {
        (_session, _maxOutputBytes) = (session, maxOutputBytes);
        Signature = signature;
        Provider = provider;
        PassedOver = passedOver;
    }

    public ModelSignature Signature { get; }

    /// <summary>Where it runs: <c>cpu</c>, <c>cuda</c> or <c>tensorrt</c>.</summary>
    public string Provider { get; }

    /// <summary>The better providers that were asked for but not to be had, each with its reason.</summary>
    public IReadOnlyList<string> PassedOver { get; }

    /// <summary>Loads a file.</summary>
    /// <exception cref="ModelLoadException">ONNX Runtime refuses the file, or its inputs or outputs cannot be served.</exception>
    public static ModelSession Load(string path, SessionSettings? settings = null)
    {
        NativeHeap.MapLargeBlocks();
        settings ??= new SessionSettings();
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
    }

    /// <summary>A means of running this model that keeps its working memory between runs.</summary>
    public ModelRunner CreateRunner() => new(_session, Signature, Provider == ExecutionProvider.Cpu, _maxOutputBytes);

    /// <summary>
    /// Runs the model once on ordinary tensors and returns every output by name. Inputs may hold any number of rows.
    /// </summary>
    /// <exception cref="ArgumentException">An input is missing, unknown or of another type.</exception>
    /// <exception cref="ModelRunException">The model could not be run on these inputs.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled; it stops between two operators.</exception>
    public IReadOnlyDictionary<string, Tensor> Evaluate(
        IReadOnlyDictionary<string, Tensor> inputs, CancellationToken cancellationToken = default)
    {
        using var evaluation = new Evaluation(this);
        return evaluation.Run(inputs, cancellationToken);
    }

    public void Dispose()
    {
        _session.Dispose();
        NativeHeap.TrimSoon();
    }

    private static ModelSession Own(InferenceSession session, string provider, IReadOnlyList<string> passedOver, long maxOutputBytes)
    {
        try
        {
            return new ModelSession(session, SignatureReader.Read(session), provider, passedOver, maxOutputBytes);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }
}
