using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using Platform.Onnx.Bundles;
using Platform.Onnx.Inspection;

namespace Platform.Onnx.Sessions;

/// <summary>Opens a file with ONNX Runtime on the first of the wanted providers that this machine can offer.</summary>
internal static class SessionFactory
{
    private const string MaxFoldedBytes = "67108864";

    static SessionFactory()
    {
        Locales.Provide();
        Telemetry.Forbid();
    }

    /// <returns>The session, the provider it prefers, and for each provider passed over, why.</returns>
    public static (InferenceSession Session, string Provider, IReadOnlyList<string> PassedOver) Open(string path, SessionSettings settings)
    {
        var passedOver = new List<string>();
        for (var first = 0; first < settings.Providers.Count; first++)
        {
            try
            {
                return (Open(path, settings, first), settings.Providers[first].Name, passedOver);
            }
            catch (OnnxRuntimeException exception)
            {
                passedOver.Add($"{settings.Providers[first].Name}: {RuntimeMessage.Clean(exception, path)}");
            }
        }

        return (Open(path, settings, settings.Providers.Count), ExecutionProvider.Cpu, passedOver);
    }

    private static InferenceSession Open(string path, SessionSettings settings, int first)
    {
        using var options = new SessionOptions
        {
            IntraOpNumThreads = settings.Threads,
            InterOpNumThreads = 1,
            // A failed run is reported to whoever asked for it; on standard error it would be noise that any client can make.
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        // Idle pool threads that spin would take the processor from the other models of this process.
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        // Constants that are alike would be kept once, and an operator that writes into one of them (a BatchNormalization in training
        // mode, into its running mean) would change the others.
        options.AddSessionConfigEntry("optimization.disable_specified_optimizers", "ConstantSharing");
        // A few bytes can describe a constant of gigabytes; what is larger than this is computed when it is asked for, and given back.
        options.AddSessionConfigEntry("optimization.constant_folding_max_output_size_in_bytes", MaxFoldedBytes);
        for (var i = first; i < settings.Providers.Count; i++) TryAppend(options, settings.Providers[i], required: i == first);
        return Open(path, options);
    }

    private static InferenceSession Open(string path, SessionOptions options)
    {
        var bundle = ModelBundle.Open(path);
        if (bundle.Model.Offset == 0) return new InferenceSession(path, options);
        options.AddSessionConfigEntry("session.model_external_initializers_file_folder_path", Path.GetDirectoryName(Path.GetFullPath(path))!);
        return new InferenceSession(ExternalRelocation.Read(path, bundle), options);
    }

    private static void TryAppend(SessionOptions options, ExecutionProvider provider, bool required)
    {
        try
        {
            Append(options, provider);
        }
        catch (OnnxRuntimeException) when (!required)
        {
            // Only a fallback for operators that the required provider lacks; the CPU will do.
        }
    }

    private static void Append(SessionOptions options, ExecutionProvider provider)
    {
        var values = new Dictionary<string, string>(provider.Options)
        {
            ["device_id"] = provider.DeviceId.ToString(CultureInfo.InvariantCulture),
        };
        if (provider.Name == ExecutionProvider.TensorRt) AppendTensorRt(options, provider, values);
        else AppendCuda(options, provider, values);
    }

    private static void AppendCuda(SessionOptions options, ExecutionProvider provider, Dictionary<string, string> values)
    {
        if (provider.MemoryLimitBytes is { } limit) values["gpu_mem_limit"] = limit.ToString(CultureInfo.InvariantCulture);
        using var cuda = new OrtCUDAProviderOptions();
        cuda.UpdateOptions(values);
        options.AppendExecutionProvider_CUDA(cuda);
    }

    private static void AppendTensorRt(SessionOptions options, ExecutionProvider provider, Dictionary<string, string> values)
    {
        if (provider.MemoryLimitBytes is { } limit) values["trt_max_workspace_size"] = limit.ToString(CultureInfo.InvariantCulture);
        using var tensorRt = new OrtTensorRTProviderOptions();
        tensorRt.UpdateOptions(values);
        options.AppendExecutionProvider_Tensorrt(tensorRt);
    }
}
