using System.Globalization;
using Platform.Bench;
using Platform.Bench.Documents;
using Platform.Bench.Gateway;
using Platform.Bench.Isolation;
using Platform.Bench.Jobs;
using Platform.Bench.Loading;
using Platform.Bench.References;
using Platform.Bench.Serving;
using Platform.Bench.Stages;

switch (args)
{
    case [] or ["serving", ..]:
        if (BenchOptions.Parse([.. args.Skip(1)]) is not { } options) goto default;
        return await ServingBenchmark.RunAsync(options) ? 0 : 1;

    case ["documents", ..]:
        if (BenchOptions.Parse([.. args.Skip(1)]) is not { } documents) goto default;
        await DocumentsBenchmark.RunAsync(documents);
        return 0;

    case ["gateway", ..]:
        if (BenchOptions.Parse([.. args.Skip(1)]) is not { } gateway) goto default;
        return await GatewayBenchmark.RunAsync(gateway) ? 0 : 1;

    case ["isolation", ..]:
        if (BenchOptions.Parse([.. args.Skip(1)]) is not { } isolation) goto default;
        return await IsolationBenchmark.RunAsync(isolation) ? 0 : 1;

    case ["jobs", ..]:
        if (BenchOptions.Parse([.. args.Skip(1)]) is not { } jobs) goto default;
        await JobsBenchmark.RunAsync(jobs);
        return 0;

    case ["loading", ..]:
        if (LoadingOptions.Parse([.. args.Skip(1)]) is not { } loading) goto default;
        await LoadingBenchmark.RunAsync(loading);
        return 0;

    case ["stages", ..]:
        if (StagesOptions.Parse([.. args.Skip(1)]) is not { } stages) goto default;
        await StagesBenchmark.RunAsync(stages);
        return 0;

    // The references run as processes of their own, so that each has its core to itself.
    case ["empty", var port, var answer, var contentType]:
        await EmptyServer.RunAsync(int.Parse(port, CultureInfo.InvariantCulture), answer, contentType);
        return 0;
    case ["proxy", var port, var target]:
        await BareProxy.RunAsync(int.Parse(port, CultureInfo.InvariantCulture), int.Parse(target, CultureInfo.InvariantCulture));
        return 0;
    case ["bare", var model]:
        BareRuntime.Run(model);
        return 0;

    case ["open-documents", var provider, var folder]:
        await OpenedStore.MeasureAsync(provider, folder);
        return 0;

    case ["spin"]:
        new Thread(() => { while (true) Thread.SpinWait(1000); }) { IsBackground = true }.Start();
        await Console.In.ReadToEndAsync(); // ends with the program that started it
        return 0;

    default:
        Console.Error.WriteLine($"{BenchOptions.Help}\n\n{LoadingOptions.Help}\n\n{StagesOptions.Help}");
        return args is ["--help" or "-h", ..] ? 0 : 2;
}

internal sealed partial class Program
{
    /// <summary>This program, for starting itself again as a reference.</summary>
    public static string Path => typeof(Program).Assembly.Location;
}
