/** One form of a report, as a file. */
export interface ReportForm<Report> {
  readonly label: string;
  /** Of the file's name, without the dot. */
  readonly extension: string;
  readonly write: (report: Report) => string;
}
