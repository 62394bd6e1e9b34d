using System.Diagnostics.CodeAnalysis;
using System.Net;
using Platform.Hosting.Launching;

namespace Platform.Standalone.Commands;

/// <summary>A command that can be run: its port was free a moment ago, and its data folder is ours.</summary>
/// <param name="Port">The port on 127.0.0.1.</param>
/// <param name="Data">The folder that keeps all state.</param>
/// <param name="Empty">Whether to start without samples and their traffic.</param>
/// <param name="Auth">Whether callers are asked for keys.</param>
/// <param name="AnyAddress">Whether to listen on every address of the machine, not on loopback alone.</param>
internal sealed record RunCommand(int Port, DataFolder Data, bool Empty, bool Auth, bool AnyAddress)
{
    private const int Stopped = 0;
    private const int CannotRun = 1;
    private const int WrongUsage = 2;

    /// <summary>What is spoken at the port: https where the settings name a certificate.</summary>
    public string Scheme { get; init; } = Uri.UriSchemeHttp;

    /// <summary>The platform's address on this machine, which it always has.</summary>
    public Uri Address => new($"{Scheme}://127.0.0.1:{Port}");

    /// <summary>Where /health and /metrics are; null where they are at the platform's address.</summary>
    public Uri? Management { get; init; }

    /// <summary>Where the server listens, as it is told.</summary>
    public string Listening => $"http://{(AnyAddress ? IPAddress.Any : IPAddress.Loopback)}:{Port}";

    /// <summary>Where the first key is, if callers are asked.</summary>
    public string BootstrapKey => Path.Combine(Data.Path, "bootstrap.key");

    /// <summary>
    /// True with a command; else false with the exit code, after saying on the console why (or, for <c>--help</c>, how).
    /// </summary>
    public static bool TryRead(IReadOnlyList<string> arguments, [NotNullWhen(true)] out RunCommand? command, out int exitCode)
    {
        command = null;
        exitCode = Stopped;
        if (arguments.Any(argument => argument is "--help" or "-h")) Console.Out.WriteLine(CommandLine.Usage);
        else if (CommandLine.Read(arguments, out var asked) is { } mistake) exitCode = Refuse(WrongUsage, $"{mistake}\n{CommandLine.Usage}");
        else if (LoopbackPort.WhatHinders(asked.Port) is { } taken) exitCode = Refuse(CannotRun, taken);
        else if (!DataFolder.TryTake(asked.Data, out var data, out var unusable)) exitCode = Refuse(CannotRun, unusable);
        else command = new RunCommand(LoopbackPort.Resolve(asked.Port), data, asked.Empty, asked.Auth, asked.AnyAddress);
        return command is not null;
    }

    /// <summary>Says on one line why the platform cannot run.</summary>
    public static int Refuse(string reason) => Refuse(CannotRun, reason);

    private static int Refuse(int exitCode, string reason)
    {
        Console.Error.WriteLine($"error: {reason}");
        return exitCode;
    }
}
