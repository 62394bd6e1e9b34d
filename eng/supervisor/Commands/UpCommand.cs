using System.Diagnostics.CodeAnalysis;
using Platform.Hosting.Launching;
using Platform.Supervisor.Machine;

namespace Platform.Supervisor.Commands;

/// <summary>A command that can be run: its port was free a moment ago, and its data folder is ours as long as this process runs.</summary>
internal sealed class UpCommand : IDisposable
{
    /// <summary>The exit code of a command that cannot be run.</summary>
    public const int CannotRun = 1;

    private const int WrongUsage = 2;

    private readonly DataFolder _data;

    private UpCommand(CommandLine line, DataFolder data) => (Line, _data) = (line, data);

    public CommandLine Line { get; }

    /// <summary>The gateway's address; loopback only.</summary>
    public Uri Address => new($"{Scheme}://127.0.0.1:{Line.Port}");

    /// <summary>What is spoken at the ports of the services: https where the settings name a certificate.</summary>
    public string Scheme { get; set; } = Uri.UriSchemeHttp;

    /// <summary>Where the first key is.</summary>
    public string BootstrapKey => Line.BootstrapKey;

    /// <summary>True with a command; else false with the exit code, after saying why (or, for <c>--help</c>, how).</summary>
    public static bool TryRead(IReadOnlyList<string> arguments, FreePorts free, [NotNullWhen(true)] out UpCommand? command, out int exitCode)
    {
        (command, exitCode) = (null, 0);
        if (arguments.Any(argument => argument is "--help" or "-h")) Terminal.Say(CommandLine.Usage);
        else if (CommandLine.Read(arguments, out var line) is { } mistake) exitCode = Refuse(WrongUsage, $"{mistake}\n{CommandLine.Usage}");
        else if (LoopbackPort.WhatHinders(line.Port) is { } taken) exitCode = Refuse(CannotRun, taken);
        else if (!DataFolder.TryTake(line.Data, out var data, out var unusable)) exitCode = Refuse(CannotRun, unusable);
        else command = new UpCommand(line.Port == 0 ? line with { Port = free.Take(1) } : line, data);
        return command is not null;
    }

    /// <summary>Lets go of the data folder.</summary>
    public void Dispose() => _data.Dispose();

    private static int Refuse(int exitCode, string reason)
    {
        Terminal.Complain(reason);
        return exitCode;
    }
}
