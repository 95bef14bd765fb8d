using System.Globalization;
using System.IO.Compression;
using Npgsql;

namespace WebWaka.Tool.Db.Copies;

/// <summary>Each table as a file of PostgreSQL's own text format, compressed: bytes go through as they come.</summary>
internal static class TableFiles
{
    public static string NameOf(FoundTable table) => $"{table.Schema}.{table.Name}.copy.gz";

    public static async Task<IReadOnlyList<StoredFile>> Write(
        NpgsqlConnection connection, IReadOnlyList<FoundTable> tables, string folder, Action<string> progress, CancellationToken ct)
    {
        var files = new List<StoredFile>();
        var (done, all) = (0L, Math.Max(1, tables.Sum(table => table.Bytes)));
        foreach (var table in tables)
        {
            files.Add(await DurableFile.Compressed(Path.Combine(folder, NameOf(table)), async file =>
            {
                using var reader = await connection.BeginTextExportAsync($"COPY {table.Quoted} ({table.QuotedColumns}) TO STDOUT", ct);
                await ((StreamReader)reader).BaseStream.CopyToAsync(file, 1 << 16, ct);
            }, ct));
            done += table.Bytes;
            progress(Line(done, all, $"{table.Schema}.{table.Name}"));
        }

        return files;
    }

    /// <summary>Into empty tables, by their owner, to whom no policy applies yet; in the transaction that is running.</summary>
    public static async Task Load(NpgsqlConnection connection, Manifest manifest, string folder, Action<string> progress, CancellationToken ct)
    {
        var (done, all) = (0L, Math.Max(1, manifest.Rows));
        foreach (var table in manifest.Tables)
        {
            await Run(connection, $"SET LOCAL ROLE {table.Schema}_owner", ct);
            var columns = string.Join(", ", table.Columns.Select(column => $"\"{column}\""));
            await using (var writer = await connection.BeginTextImportAsync($"COPY \"{table.Schema}\".\"{table.Name}\" ({columns}) FROM STDIN", ct))
            await using (var file = File.OpenRead(Path.Combine(folder, table.File!)))
            await using (var plain = new GZipStream(file, CompressionMode.Decompress))
                await plain.CopyToAsync(((StreamWriter)writer).BaseStream, 1 << 16, ct);
            done += table.Rows;
            progress(Line(done, all, $"{table.FullName}, {table.Rows.ToString("N0", CultureInfo.InvariantCulture)} rows"));
        }

        foreach (var sequence in manifest.Sequences)
        {
            await Run(connection, $"SET LOCAL ROLE {sequence.Schema}_owner", ct);
            await Run(connection, string.Create(CultureInfo.InvariantCulture,
                $"SELECT setval('\"{sequence.Schema}\".\"{sequence.Name}\"', {sequence.Last}, {(sequence.Called ? "true" : "false")})"), ct);
        }
    }

    private static string Line(long done, long all, string what) => string.Create(CultureInfo.InvariantCulture, $"[{100.0 * done / all,3:N0} %] {what}");

    private static async Task Run(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }
}
