/**
 * A column of whole numbers, one for each person or household of a part. Columns instead of
 * objects keep a million persons out of the garbage collector's way.
 */
export class Column {
  private readonly values: Int32Array

  constructor(size: number, initial = 0) {
    this.values = new Int32Array(size)
    if (initial !== 0) this.values.fill(initial)
  }

  at(index: number): number {
    return this.values[index] as number
  }

  set(index: number, value: number): void {
    this.values[index] = value
  }
}

/** A list of whole numbers that grows at its end. */
export class IntList {
  private values = new Int32Array(64)
  length = 0

  at(index: number): number {
    return this.values[index] as number
  }

  push(value: number): void {
    if (this.length === this.values.length) {
      const larger = new Int32Array(this.values.length * 2)
      larger.set(this.values)
      this.values = larger
    }
    this.values[this.length++] = value
  }

  clear(): void {
    this.length = 0
  }
}
